import CTextExplain
import Classification
import Glibc

/// A plugin's library, loaded for good: unloading would pull code from under its threads and run-time.
public struct PluginLibrary {
  /// The file it was loaded from.
  public let file: PluginFile
  /// The minor version of the contract that it was built for; for people only.
  public let contractMinor: UInt32
  /// Its classifiers, at least one.
  ///
  /// ``PluginClassifier`` opens the first.
  public let classifiers: [PluginDescriptor]

  /// Loads a checked file and shakes hands with it; the plugin's code runs from here on.
  ///
  /// - Throws: ``PluginError`` with code `notLoadable`, `notAPlugin`, `refused` or `unsafeFile`.
  public init(loading file: PluginFile) throws(PluginError) {
    // Before, because a file cut short would kill the process; after, so that what was hashed is what runs.
    try file.verifyUnchanged()
    try self.init(file, from: file.path, .none)
  }

  /// Loads a checked file in a sandbox.
  ///
  /// - Parameter path: the file's own, or that of a sealed copy, which nobody can change.
  init(shutIn file: PluginFile, from path: String) throws(PluginError) {
    if path == file.path { try file.verifyUnchanged() }
    try self.init(file, from: path, path == file.path ? .sandbox : .sealedCopy)
  }

  /// What may keep the loader from libraries that are there.
  private enum Shelter {
    case none, sandbox, sealedCopy

    var remark: String {
      switch self {
      case .none: ""
      case .sandbox:
        "; the sandbox opens those of the system, in /usr, and those in the plugin's own folder"
      case .sealedCopy:
        "; with --plugin-sha256 a copy in memory is loaded, which finds none beside the plugin ($ORIGIN)"
      }
    }
  }

  private init(
    _ file: PluginFile, from path: String, _ shelter: Shelter
  ) throws(PluginError) {
    self.file = file
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | Self.neverUnload) else {
      throw PluginError(
        .notLoadable, "plugin \"\(file.path)\" cannot be loaded: \(Self.loaderMessage(file))",
        help: "ldd \(file.path) shows the libraries it needs" + shelter.remark)
    }
    if path == file.path { try file.verifyUnchanged() }
    let entry = try Self.entry(of: handle, file)
    let reader = ContractReader(plugin: file.name, code: .notAPlugin)
    guard let pointer = entry(TX_ABI_MINOR) else {
      throw reader.breach("\(Self.symbol(TX_ABI_MAJOR)) answers null")
    }
    let fields = ForeignStruct(pointer)
    contractMinor = fields[\.abi_minor] ?? 0
    if let refusal = try reader.string(fields[\.refusal], "the refusal") {
      throw PluginError(
        .refused,
        "plugin \"\(file.name)\" cannot serve this program: "
          + TextExcerpt.escapingControls(refusal),
        help: "it was built for version \(TX_ABI_MAJOR).\(contractMinor) of the contract, "
          + "this program has \(TX_ABI_MAJOR).\(TX_ABI_MINOR)")
    }
    let count = try reader.required(fields[\.classifier_count], "the number of classifiers")
    if count == 0 { throw reader.breach("it offers no classifier and gives no reason") }
    let table = try reader.required(fields[\.classifiers], "the table of classifiers")
    var classifiers: [PluginDescriptor] = []
    for index in 0..<Int(count) {
      let classifier = try reader.required(table[index], "classifier \(index)")
      classifiers.append(try PluginDescriptor(classifier, plugin: file.name))
    }
    self.classifiers = classifiers
  }

  /// RTLD_NODELETE, which is out of reach of the importer.
  private static let neverUnload: Int32 = 0x1000

  private typealias Entry = @convention(c) (UInt32) -> UnsafePointer<tx_library>?

  private static func entry(
    of handle: UnsafeMutableRawPointer, _ file: PluginFile
  ) throws(PluginError) -> Entry {
    let name = symbol(TX_ABI_MAJOR)
    if let address = dlsym(handle, name) { return unsafeBitCast(address, to: Entry.self) }
    let other = (TX_ABI_MAJOR + 1...TX_ABI_MAJOR + 9).first { dlsym(handle, symbol($0)) != nil }
    if let other {
      throw PluginError(
        .notAPlugin,
        "plugin \"\(file.path)\" has \(symbol(other)) but not \(name): it is made for another version",
        help: "use a newer version of this program, or an older one of the plugin")
    }
    throw PluginError(
      .notAPlugin, "library \"\(file.path)\" is no plugin: it does not export \(name)",
      help: "declare that function with TX_EXPORT")
  }

  private static func symbol(_ major: UInt32) -> String { "textexplain_plugin_v\(major)" }

  /// The loader's sentence without the path that it begins with.
  private static func loaderMessage(_ file: PluginFile) -> String {
    guard let pointer = dlerror() else { return "the loader gives no reason" }
    let message = String(cString: pointer)
    let path = file.path + ": "
    return message.hasPrefix(path) ? String(message.dropFirst(path.count)) : message
  }
}

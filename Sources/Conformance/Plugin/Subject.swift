import CTextExplain
import Glibc
import PluginHost

/// The plugin that a check asks about, called as the header says and without the host's care.
///
/// Whatever is wrong already where the check only wants to get started is thrown as a ``Violation``.
final class Subject {
  typealias Entry = @convention(c) (UInt32) -> UnsafePointer<tx_library>?

  let request: CheckRequest
  let progress: ProgressPipe

  var path: String { request.plugin }
  var seed: UInt64 { request.seed }

  init(_ request: CheckRequest, progress: ProgressPipe) {
    self.request = request
    self.progress = progress
  }

  /// The loaded library; nil with the loader's reason in `dlerror`.
  func load(_ mode: Int32 = RTLD_NOW) -> UnsafeMutableRawPointer? {
    progress.step("dlopen")
    // RTLD_NODELETE, which is out of reach of the importer.
    return dlopen(path, mode | RTLD_LOCAL | 0x1000)
  }

  /// The entry function.
  func entry() throws -> Entry {
    guard let handle = load() else {
      throw Violation("it does not load: \(loaderMessage())\(loaderRemark)")
    }
    guard let symbol = dlsym(handle, "textexplain_plugin_v\(TX_ABI_MAJOR)") else {
      throw Violation("it does not export textexplain_plugin_v\(TX_ABI_MAJOR)")
    }
    return unsafeBitCast(symbol, to: Entry.self)
  }

  /// Whether this process is in the sandbox.
  var isShutIn = false

  private var loaderRemark: String {
    isShutIn ? "; the sandbox opens the libraries in /usr and in the plugin's own folder" : ""
  }

  /// The loader's last sentence.
  func loaderMessage() -> String {
    let message = dlerror().map { String(cString: $0) } ?? "the loader gives no reason"
    return message.hasPrefix(path + ": ") ? String(message.dropFirst(path.count + 2)) : message
  }

  func library(hostMinor: UInt32 = TX_ABI_MINOR) throws -> ForeignStruct<tx_library> {
    let entry = try entry()
    progress.step("textexplain_plugin_v\(TX_ABI_MAJOR)(\(hostMinor))")
    guard let library = entry(hostMinor) else { throw Violation("the entry function answers NULL") }
    return ForeignStruct(library)
  }

  /// The first classifier, which is the one that the host opens.
  func classifier() throws -> ForeignStruct<tx_classifier> {
    let library = try library()
    if let refusal = library[\.refusal] {
      throw Violation("it refuses this host: \(String(cString: refusal))")
    }
    guard library[\.classifier_count] ?? 0 > 0, let table = library[\.classifiers],
      let classifier = table[0]
    else { throw Violation("it offers no classifier") }
    return ForeignStruct(classifier)
  }

  /// The classifier's own description, as the host reads it.
  func descriptor() throws -> PluginDescriptor {
    do {
      return try PluginDescriptor(reading: try classifier().pointer, plugin: path)
    } catch let error as PluginError {
      throw Violation(error.message)
    }
  }

  /// The user's options in canonical spelling.
  func options() throws -> [PluginOption] {
    if request.options.isEmpty {
      let classifier = try classifier()
      for index in 0..<Int(classifier[\.option_count] ?? 0) {
        guard let pointer = classifier[\.options]?[index] else { break }
        let option = ForeignStruct(pointer)
        try require(
          option[\.default_value] != nil,
          CheckResult.missingOption + "\"\(option[\.key].map { String(cString: $0) } ?? "")\"")
      }
      return []
    }
    do {
      let environment = PluginSearchEnvironment(workingDirectory: request.workingDirectory)
      return try descriptor().canonical(
        request.options.map { try PluginOption(parsing: $0) }, environment: environment)
    } catch let error as PluginError {
      throw Violation(error.message)
    }
  }

  /// An instance with the user's options.
  func open(host: HostSide = HostSide()) throws -> OpenModel {
    let (model, answer) = try create(try options(), host: host)
    guard let model else {
      throw Violation("create answers \(answer.summary) to the given options")
    }
    return model
  }

  /// Calls `create`.
  ///
  /// - Returns: the instance, if it made one, and its answer.
  func create(
    _ options: [PluginOption], host: HostSide? = HostSide(), call: CallSide? = nil,
    room: ErrorRoom = ErrorRoom()
  ) throws -> (model: OpenModel?, answer: Answer) {
    let classifier = try classifier()
    guard let create = classifier[\.create], let destroy = classifier[\.destroy] else {
      throw Violation("the classifier lacks create or destroy")
    }
    progress.step("create")
    let texts = TextTable(options.flatMap { [Array($0.key.utf8), Array($0.value.utf8)] })
    let records = options.indices.map {
      tx_option(key: texts.records[2 * $0], value: texts.records[2 * $0 + 1])
    }
    var handle: OpaquePointer?
    let answer = try room.fill { error in
      records.withUnsafeBufferPointer {
        create(
          classifier.pointer, host?.pointer, $0.baseAddress, $0.count, call?.pointer, &handle,
          error)
      }
    }
    texts.keepAlive()
    if answer.code == TX_OK {
      guard let handle else { throw Violation("create succeeds without an instance") }
      return (OpenModel(self, classifier, handle, destroy, host), answer)
    }
    try require(handle == nil, "create fails with \(answer.summary) and leaves an instance behind")
    return (nil, answer)
  }

  /// Options that the plugin has to refuse: a key that no plugin has.
  var unknownOption: PluginOption { PluginOption(key: "no-such-option", value: "1") }
}

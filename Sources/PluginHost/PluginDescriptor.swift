import CTextExplain

/// What a plugin says of one classifier before any model is open.
public struct PluginSummary: Sendable, Equatable {
  /// Permanent identifier in reverse DNS, as `org.example.sentiment`.
  public let id: String
  /// Name for people.
  public let name: String
  /// Semantic version.
  public let version: String
  /// Who made it.
  public let vendor: String?
  /// SPDX licence expression.
  public let license: String?
  /// What it does, for people.
  public let summary: String?
  /// Where to read more.
  public let url: String?
  /// `TX_NEEDS_` bits.
  public let needs: UInt32
  /// The options it accepts.
  public let options: [OptionSpecification]
}

/// A loaded classifier: what it says of itself, and its functions.
@dynamicMemberLookup
public struct PluginDescriptor {
  /// What it says of itself.
  public let facts: PluginSummary

  /// The plugin's own struct, constant until the process ends.
  let pointer: UnsafePointer<tx_classifier>
  let functions: PluginFunctions

  /// A field of ``facts``.
  public subscript<Value>(dynamicMember field: KeyPath<PluginSummary, Value>) -> Value {
    facts[keyPath: field]
  }

  init(_ pointer: UnsafePointer<tx_classifier>, plugin: String) throws(PluginError) {
    let reader = ContractReader(plugin: plugin, code: .notAPlugin)
    let fields = ForeignStruct(pointer)
    self.pointer = pointer
    facts = try PluginSummary(fields, reader)
    functions = PluginFunctions(
      create: try reader.required(fields[\.create], "the function create"),
      destroy: try reader.required(fields[\.destroy], "the function destroy"),
      info: try reader.required(fields[\.info], "the function info"),
      predict: try reader.required(fields[\.predict], "the function predict"),
      getExtension: fields[\.get_extension])
  }
}

extension PluginSummary {
  /// Whether an id has no characters but those that the contract allows.
  static func isPlain(_ id: String) -> Bool {
    id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  fileprivate init(
    _ fields: ForeignStruct<tx_classifier>, _ reader: ContractReader
  ) throws(PluginError) {
    let id = try reader.requiredString(fields[\.id], "the classifier's id")
    let name = try reader.requiredString(fields[\.name], "the classifier's name")
    let version = try reader.requiredString(fields[\.version], "the classifier's version")
    guard Self.isPlain(id) else {
      throw reader.breach("the classifier's id \"\(id)\" has characters other than a-z 0-9 . -")
    }
    self.init(
      id: id, name: name, version: version,
      vendor: try reader.string(fields[\.vendor], "the vendor"),
      license: try reader.string(fields[\.license], "the license"),
      summary: try reader.string(fields[\.description], "the description"),
      url: try reader.string(fields[\.url], "the url"), needs: fields[\.needs] ?? 0,
      options: try OptionSpecification.read(from: fields, reader))
  }
}

/// A classifier's functions, as the header declares them.
struct PluginFunctions {
  typealias Create =
    @convention(c) (
      UnsafePointer<tx_classifier>?, UnsafePointer<tx_host>?, UnsafePointer<tx_option>?, Int,
      UnsafePointer<tx_call>?, UnsafeMutablePointer<OpaquePointer?>?,
      UnsafeMutablePointer<tx_error>?
    ) -> tx_result
  typealias Destroy = @convention(c) (OpaquePointer?) -> Void
  typealias Info = @convention(c) (OpaquePointer?) -> UnsafePointer<tx_info>?
  typealias Predict =
    @convention(c) (
      OpaquePointer?, UnsafePointer<tx_call>?, UnsafePointer<tx_text>?, Int,
      UnsafeMutablePointer<tx_scores>?, UnsafeMutablePointer<tx_error>?
    ) -> tx_result
  typealias GetExtension =
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> UnsafeRawPointer?

  let create: Create
  let destroy: Destroy
  let info: Info
  let predict: Predict
  let getExtension: GetExtension?
}

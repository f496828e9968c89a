/// One option for a plugin, as the user gave it.
public struct PluginOption: Sendable, Equatable {
  /// The option's name.
  public let key: String
  /// The option's value, which may be empty.
  public let value: String

  /// Makes an option.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// Reads `KEY=VALUE`; the value begins after the first equals sign.
  ///
  /// - Throws: ``PluginError`` with code `invalidOption`.
  public init(parsing argument: String) throws(PluginError) {
    // By bytes: as a Character, "=" followed by a combining mark would not be an equals sign.
    guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")),
      equals > argument.utf8.startIndex
    else {
      throw PluginError(
        .invalidOption, "option \"\(argument)\" is not of the form KEY=VALUE",
        help: "write as --option model=file.bin")
    }
    key = String(decoding: argument.utf8[..<equals], as: UTF8.self)
    value = String(decoding: argument.utf8[argument.utf8.index(after: equals)...], as: UTF8.self)
  }
}

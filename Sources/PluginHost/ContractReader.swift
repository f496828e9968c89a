import Classification
import Glibc

/// Reads a plugin's strings and tables, and says in one voice what is wrong with them.
struct ContractReader {
  /// What the messages call the plugin.
  let plugin: String
  /// Whether the plugin breaks the contract while it is loaded or later.
  let code: PluginError.Code

  /// Longest string believed: one without an end would otherwise be read until memory ends.
  private static let longestString = 1 << 16

  func breach(_ what: String) -> PluginError {
    PluginError(
      code, "plugin \"\(plugin)\" breaks the contract: \(what)",
      help: "report it to the plugin's author; the contract is textexplain_plugin.h")
  }

  /// A string that may be missing.
  func string(_ pointer: UnsafePointer<CChar>?, _ field: String) throws(PluginError) -> String? {
    guard let pointer else { return nil }
    let length = strnlen(pointer, Self.longestString)
    guard length < Self.longestString else {
      throw breach("\(field) is longer than \(Self.longestString) bytes")
    }
    let bytes = UnsafeRawBufferPointer(start: pointer, count: length)
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw breach("\(field) is not UTF-8: \(TextExcerpt(of: bytes))")
    }
    return string
  }

  /// A string that has to be there and say something.
  func requiredString(
    _ pointer: UnsafePointer<CChar>?, _ field: String
  ) throws(PluginError) -> String {
    guard let string = try string(pointer, field) else { throw breach("\(field) is missing") }
    if string.isEmpty { throw breach("\(field) is empty") }
    return string
  }

  /// A field that has to be there.
  func required<Value>(_ value: Value?, _ field: String) throws(PluginError) -> Value {
    guard let value else { throw breach("\(field) is missing") }
    return value
  }
}

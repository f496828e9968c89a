import CTextExplain

/// What a classifier is opened with: values for its declared options, and the host's log and limits.
public struct OpenOptions {
  private let values: [String: String]
  /// Where the classifier may report what it does, from any thread, as long as it lives.
  public let log: HostLog
  /// The limits of opening, for models that take long to load.
  public let call: Call

  /// The value of an option: what the user gave, else the default; nil where it has none.
  public subscript(key: String) -> String? { values[key] }

  /// The value of a string, choice, file or directory.
  ///
  /// - Throws: ``PluginError`` that names the option where it has no value.
  public func string(_ key: String) throws -> String {
    guard let value = values[key] else {
      throw PluginError(.option, "option '\(key)' has no value")
    }
    return value
  }

  /// The value of a boolean.
  public func boolean(_ key: String) throws -> Bool { try converted(key) { Bool($0) } }

  /// The value of an integer.
  public func integer(_ key: String) throws -> Int { try converted(key) { Int($0) } }

  /// The value of a number.
  public func number(_ key: String) throws -> Double { try converted(key) { Double($0) } }

  private func converted<Value>(_ key: String, _ convert: (String) -> Value?) throws -> Value {
    let text = try string(key)
    guard let value = convert(text) else {
      throw PluginError(.option, "option '\(key)' cannot be '\(text)'")
    }
    return value
  }

  /// Checks what the host hands over: it may be newer than the declarations.
  init(
    _ given: UnsafePointer<tx_option>?, count: Int, declared: [OptionDeclaration], log: HostLog,
    call: Call
  ) throws {
    var values: [String: String] = [:]
    for i in 0..<count {
      guard let option = given?[i] else { throw PluginError(.argument, "options at NULL") }
      let key = try TextView(option.key).string
      guard let declaration = declared.first(where: { $0.key == key }) else {
        let known = declared.map { "'\($0.key)'" }.joined(separator: ", ")
        throw PluginError(
          .option,
          "unknown option '\(key)': there \(declared.isEmpty ? "are none" : "is \(known)")")
      }
      guard values[key] == nil else { throw PluginError(.option, "option '\(key)' is given twice") }
      guard let value = try? TextView(option.value).string else {
        throw PluginError(.option, "the value of option '\(key)' is not UTF-8")
      }
      if value.utf8.contains(0) {
        throw PluginError(.option, "the value of option '\(key)' has a NUL inside")
      }
      if let complaint = declaration.complaint(about: value) {
        throw PluginError(.option, "option '\(key)': '\(value)' \(complaint)")
      }
      values[key] = value
    }
    for option in declared where values[option.key] == nil {
      guard let value = option.defaultValue else {
        throw PluginError(.option, "option '\(option.key)' is required")
      }
      if !value.isEmpty { values[option.key] = value }
    }
    self.values = values
    self.log = log
    self.call = call
  }
}

/// Checks the user's options against what a classifier accepts, and spells their values canonically.
struct OptionChecker {
  let specifications: [OptionSpecification]
  /// The name of the classifier, for messages.
  let classifier: String
  /// Where relative paths start.
  let workingDirectory: String
  /// What `~` stands for.
  let home: String?

  /// The options to hand over: those given, in the order given; defaults are the plugin's own business.
  ///
  /// - Throws: ``PluginError`` with code `invalidOption` for an unknown, doubled, missing or ill-typed option.
  func canonical(_ options: [PluginOption]) throws(PluginError) -> [PluginOption] {
    var given: Set<String> = []
    var result: [PluginOption] = []
    for option in options {
      guard let specification = specifications.first(where: { $0.key == option.key }) else {
        throw PluginError(
          .invalidOption, "plugin \"\(classifier)\" has no option \"\(option.key)\"",
          help: knownKeys)
      }
      guard given.insert(option.key).inserted else {
        throw PluginError(
          .invalidOption, "option \"\(option.key)\" is given twice", help: "give it once")
      }
      result.append(
        PluginOption(key: option.key, value: try canonical(option.value, for: specification)))
    }
    for specification in specifications
    where specification.isRequired && !given.contains(specification.key) {
      let doc = specification.documentation
      throw PluginError(
        .invalidOption,
        "plugin \"\(classifier)\" needs the option \"\(specification.key)\"",
        help: "add --option \(specification.key)=VALUE" + (doc.isEmpty ? "" : ", \(doc)"))
    }
    return result
  }

  private var knownKeys: String {
    specifications.isEmpty
      ? "it takes no options"
      : "its options are " + specifications.map(\.key).joined(separator: ", ")
  }

  /// The canonical spelling of a value.
  ///
  /// Booleans may also be written `yes`, `no`, `on`, `off`, `1`, `0`; integers and numbers lose a plus sign and
  /// leading zeros; paths become absolute, and `~/` at their beginning the user's home.
  private func canonical(
    _ value: String, for specification: OptionSpecification
  ) throws(PluginError) -> String {
    func refusal(_ expected: String) -> PluginError {
      PluginError(
        .invalidOption, "option \"\(specification.key)\" is \"\(value)\", which is not \(expected)",
        help: specification.documentation.isEmpty
          ? nil : "\(specification.key): \(specification.documentation)")
    }
    switch specification.kind {
    case .string:
      return value
    case .integer:
      guard let number = Int64(value) else { throw refusal("an integer of 64 bits") }
      return String(number)
    case .number:
      // Double(_:) would also take hexadecimal digits, "inf" and "nan".
      let isDecimal = value.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
      }
      guard isDecimal, let number = Double(value), number.isFinite else {
        throw refusal("a finite decimal number")
      }
      return number.description
    case .boolean:
      switch value {
      case "true", "yes", "on", "1": return "true"
      case "false", "no", "off", "0": return "false"
      default: throw refusal("true or false")
      }
    case .choice(let choices):
      guard choices.contains(value) else {
        throw refusal("one of " + choices.joined(separator: ", "))
      }
      return value
    case .file:
      guard let path = path(value) else { throw refusal("a path of a file") }
      return path
    case .directory:
      guard let path = path(value) else { throw refusal("a path of a folder") }
      return path
    case .unknown(let code):
      throw PluginError(
        .invalidOption,
        "option \"\(specification.key)\" is of a kind (\(code)) that this version does not know",
        help: "use a newer version of this program")
    }
  }

  private func path(_ value: String) -> String? {
    if value.isEmpty || value.utf8.contains(0) { return nil }
    if let home, value == "~" || value.hasPrefix("~/") {
      return AbsolutePath.resolve(home + "/" + value.dropFirst(), in: workingDirectory)
    }
    return AbsolutePath.resolve(value, in: workingDirectory)
  }
}

import ArgumentParser

/// A mistake on the command line: what ArgumentParser found, with help that belongs to the subcommand.
struct CommandLineMistake {
  private let message: String
  /// The subcommand, as `["plugin", "new"]`; empty for the main command, whose name is left out.
  private let subcommand: [String]
  private let arguments: [String]

  /// - Parameters:
  ///   - error: what ArgumentParser threw.
  ///   - arguments: the command line without the program's name.
  init(_ error: any Error, arguments: [String]) {
    message = Self.statement(TextExplainCommand.message(for: error))
    subcommand = Self.subcommand(TextExplainCommand.fullMessage(for: error))
    self.arguments = arguments
  }

  var failure: Failure {
    if let name = unknownSubcommand {
      return Failure(
        .usage, code: "usage", "\(subcommand.joined(separator: " ")) has no subcommand \"\(name)\"",
        help: "it has \(subcommandNames); \(allOptions)")
    }
    return Failure(
      .usage, code: "usage", message, help: advice.map { "\($0); \(allOptions)" } ?? allOptions)
  }

  // MARK: - Help

  private var allOptions: String {
    "all options: " + (["textexplain"] + subcommand + ["--help"]).joined(separator: " ")
  }

  /// What to do about this mistake, where more is known than where the options are listed.
  private var advice: String? {
    if isTextNamedAsSubcommand {
      return "a text that is the name of a subcommand needs \"explain\" before it: "
        + "textexplain explain \(arguments[0])"
    }
    if message.hasPrefix("missing value") {
      return ["a value that begins with a dash is joined by =, as --seed=5", optionHelp]
        .compactMap { $0 }.joined(separator: "; ")
    }
    if message.hasPrefix("the value"), let optionHelp {
      return [valueKind, optionHelp].compactMap { $0 }.joined(separator: "; ")
    }
    if message.hasPrefix("missing expected argument") { return optionHelp }
    guard subcommand.isEmpty else { return nil }
    if message == "unknown option '--json'" { return "JSON is --format json" }
    if message.hasPrefix("unknown option") { return "put -- before a text that begins with a dash" }
    if message.contains("unexpected argument") {
      return isOptionBehindTerminator
        ? "options come before --, behind which there is only the text"
        : "put a text of several words in quotes"
    }
    return nil
  }

  /// The help of the option or argument that the message names, with its values and its default.
  private var optionHelp: String? {
    guard let (option, placeholder) = named, let command = Self.command(subcommand) else {
      return nil
    }
    // So wide that nothing is wrapped; only behind a long name the text stands in a line of its own.
    let help = TextExplainCommand.helpMessage(for: command, columns: 100_000)
    var lines = help.split(separator: "\n")[...]
    while let line = lines.popFirst() {
      guard line.hasPrefix("  "), let range = line.firstRange(of: placeholder) else { continue }
      let names = line[..<range.lowerBound].split { $0 == " " || $0 == "," }.map(String.init)
      guard names.allSatisfy({ $0.hasPrefix("-") }), option.map(names.contains) ?? names.isEmpty
      else { continue }
      let text = line[range.upperBound...].drop { $0 == " " }
      let help = text.isEmpty ? lines.first?.drop { $0 == " " } ?? "" : text
      let sentence = help.hasSuffix(".") ? help.dropLast() : help
      return "\(option.map { $0 + " " } ?? "")\(placeholder): \(sentence)"
    }
    return nil
  }

  /// What the last quotation of the message holds: `--seed` and `<n>` of '--seed <n>', `<name>` alone of an argument.
  private var named: (option: String?, placeholder: String)? {
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return nil }
    let words = parts[parts.count - 2].split(separator: " ").map(String.init)
    guard let placeholder = words.last, placeholder.hasPrefix("<") else { return nil }
    return (words.count == 2 ? words[0] : nil, placeholder)
  }

  /// What the values of the named option are, where its help does not list them.
  private var valueKind: String? {
    switch named?.placeholder {
    case "<n>", "<k>", "<0-4>", "<seed>": "it is a whole number, 0 or above"
    case "<n|auto>": "it is auto, or a whole number above 0"
    case "<k|all>": "it is all, or a whole number above 0"
    case "<seconds>", "<part>", "<width>": "it is a number"
    default: nil
    }
  }

  // MARK: - What was meant

  /// Whether the command line would be right if its first word were taken for the text.
  private var isTextNamedAsSubcommand: Bool {
    guard let first = subcommand.first, first == arguments.first, arguments.count > 1,
      first != "explain"
    else { return false }
    return (try? ExplainCommand.parse(arguments)) != nil
  }

  /// Whether `--` stands before something that looks like an option and is not the text itself.
  private var isOptionBehindTerminator: Bool {
    guard let terminator = arguments.firstIndex(of: "--") else { return false }
    return arguments[terminator...].dropFirst(2).contains { $0.hasPrefix("-") }
  }

  /// The word in the place of a subcommand, of which there is none by this name.
  private var unknownSubcommand: String? {
    guard !subcommand.isEmpty, message.contains("unexpected argument"),
      let command = Self.command(subcommand), !command.configuration.subcommands.isEmpty
    else { return nil }
    return message.split(separator: "'").dropFirst().first.map(String.init)
  }

  private var subcommandNames: String {
    let names =
      Self.command(subcommand)?.configuration.subcommands.compactMap {
        $0.configuration.commandName
      } ?? []
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  // MARK: - Reading ArgumentParser's words

  /// What is wrong, as one sentence without its full stop.
  private static func statement(_ message: String) -> String {
    let first = message.split(separator: "\n").first ?? "the command line cannot be read"
    var text = first.prefix(1).lowercased() + first.dropFirst()
    // What it takes for a misspelling is rarely one, and the help lists the values.
    for phrase in [". Did you mean", ". Please provide one of"] {
      if let range = text.firstRange(of: phrase) { text.removeSubrange(range.lowerBound...) }
    }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// The names in its last line: See 'textexplain plugin new --help' for more information.
  private static func subcommand(_ fullMessage: String) -> [String] {
    guard let line = fullMessage.split(separator: "\n").last,
      let command = line.split(separator: "'").dropFirst().first
    else { return [] }
    let names = command.split(separator: " ").dropFirst().prefix { !$0.hasPrefix("-") }
    return names.elementsEqual(["explain"]) ? [] : names.map(String.init)
  }

  /// The type of a subcommand; that of `explain` for the main command.
  private static func command(_ names: [String]) -> (any ParsableCommand.Type)? {
    if names.isEmpty { return ExplainCommand.self }
    return names.reduce(TextExplainCommand.self as (any ParsableCommand.Type)?) { command, name in
      command?.configuration.subcommands.first { $0.configuration.commandName == name }
    }
  }
}

import Foundation
import Testing
import _TestSupport

/// The manual page is written by hand; here it is held against what the program says of itself.
@Suite struct ManualPageTests {
  @Test func everyCommandHasItsPart() throws {
    let written = Set(try sections().keys)
    let known = Set(try commands().map(\.name))
    #expect(written.subtracting(known).sorted() == [], "these parts describe no command")
    #expect(known.subtracting(written).sorted() == [], "these commands have no part (.Ss)")
  }

  @Test func everyFlagArgumentAndValueIsDescribedWhereItBelongs() throws {
    let sections = try sections()
    for command in try commands() {
      let section = sections[command.name] ?? []
      let items = section.filter { $0.hasPrefix(".It ") }
      let written = Set(items.flatMap(Self.names(of:)))
      let known = Set(command.arguments.flatMap(\.spelledNames))
      #expect(written.subtracting(known).sorted() == [], "unknown to \"\(command.name) --help\"")
      #expect(known.subtracting(written).sorted() == [], "undescribed: \"\(command.name)\"")
      for argument in command.arguments {
        let item = items.first { !Self.names(of: $0).isDisjoint(with: argument.spelledNames) }
        let values = Set((item ?? "").split(separator: " ").map(String.init))
        #expect(
          (argument.allValues ?? []).filter { !values.contains($0) } == [],
          "values missing from \"\(item ?? "")\"")
      }
    }
  }

  @Test func everyExitCodeOfTheReadmeIsThere() throws {
    let row = /\| (\d+) \|.*/
    let readme = try text("README.md").split(separator: "\n").compactMap {
      try? row.wholeMatch(in: $0).map { ".It \($0.1)" }
    }
    let page = try text("docs/man/textexplain.1").split(separator: "\n").map(String.init)
    #expect(readme.count >= 7)
    #expect(page.filter { $0.wholeMatch(of: /\.It \d+/) != nil } == readme)
  }

  /// What an item describes: `-p`, `--plugin`, or the name of an argument.
  private static func names(of item: String) -> Set<String> {
    let words = item.split(separator: " ").map(String.init)
    let flags = zip(words, words.dropFirst()).filter { $0.0 == "Fl" }.map { "-" + $0.1 }
    if !flags.isEmpty { return Set(flags) }
    return words.count > 2 && words[1] == "Ar" ? [words[2]] : []
  }

  /// The lines of each command's part, by the command's name without `textexplain`.
  private func sections() throws -> [String: [String]] {
    var sections: [String: [String]] = [:]
    var name: String?
    for line in try text("docs/man/textexplain.1").split(separator: "\n").map(String.init) {
      if line.hasPrefix(".Sh ") { name = nil }
      if line.hasPrefix(".Ss textexplain") {
        name = line.dropFirst(".Ss textexplain".count).trimmingCharacters(in: .whitespaces)
      }
      if let name { sections[name, default: []].append(line) }
    }
    return sections
  }

  /// The commands that help shows and that do something, in ArgumentParser's own words.
  private func commands() throws -> [ManualCommand] {
    let result = try runTool(["--experimental-dump-help"])
    let help = try JSONDecoder().decode(ManualHelp.self, from: Data(result.stdout))
    func leaves(_ command: HelpCommand, named name: String) -> [ManualCommand] {
      let own = (command.arguments ?? []).filter {
        $0.shouldDisplay
          && (name.isEmpty || Set($0.spelledNames).isDisjoint(with: ["--help", "--version"]))
      }
      let subcommands = (command.subcommands ?? []).filter {
        $0.shouldDisplay && $0.commandName != "help"
      }
      let isGroup = !name.isEmpty && !subcommands.isEmpty
      return (isGroup ? [] : [ManualCommand(name: name, arguments: own)])
        + subcommands.flatMap {
          leaves($0, named: name.isEmpty ? $0.commandName : "\(name) \($0.commandName)")
        }
    }
    let commands = leaves(help.command, named: "")
    #expect(commands.contains { $0.name == "explain" && $0.arguments.count > 20 })
    return commands
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Repository.path(path), encoding: .utf8)
  }
}

private struct ManualCommand {
  let name: String
  let arguments: [HelpArgument]
}

private struct ManualHelp: Decodable {
  let command: HelpCommand
}

private struct HelpCommand: Decodable {
  let commandName: String
  let shouldDisplay: Bool
  let arguments: [HelpArgument]?
  let subcommands: [HelpCommand]?
}

private struct HelpArgument: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String
  }

  let kind: String
  let shouldDisplay: Bool
  let names: [Name]?
  let valueName: String?
  let allValues: [String]?

  /// `-p` and `--plugin`, the long name last; of an argument its name.
  var spelledNames: [String] {
    if kind == "positional" { return [valueName ?? ""] }
    return (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
  }
}

import Foundation
import _TestSupport

/// The plugins of `Tests/Fixtures/Plugins/zoo`, one defect each.
enum Zoo {
  /// One line of `zoo.txt`.
  struct Animal: Sendable, CustomStringConvertible {
    /// The macros, the linker flag or the file of its own that make it what it is.
    let defect: String
    /// All checks that have to fail on it, the one that it is there for first.
    let failures: [String]

    var description: String { defect }

    /// Compiles it.
    func compile() throws -> String {
      let source = Repository.path("Tests/Fixtures/Plugins/zoo/zoo.c")
      if defect.hasPrefix("-") { return try CCompiler.library(from: source, flags: [defect]) }
      if defect.hasSuffix(".cpp") {
        return try CCompiler.library(
          from: Repository.path("Tests/Fixtures/Plugins/zoo/\(defect)"), standard: "c++17")
      }
      let macros = defect.split(separator: ",").map { macro in
        let parts = macro.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1] : "1")
      }
      return try CCompiler.library(from: source, Dictionary(uniqueKeysWithValues: macros))
    }
  }

  static func animals() throws -> [Animal] {
    let path = Repository.path("Tests/Fixtures/Plugins/zoo/zoo.txt")
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        let words = line.split(separator: " ").map(String.init)
        return Animal(defect: words[0], failures: Array(words.dropFirst()))
      }
  }
}

/// What `plugin check --json` prints.
struct CheckOutput: Decodable, Sendable {
  struct Check: Decodable, Sendable {
    let id: String
    let level: Int
    let title: String
    let result: String
    let reason: String?
    let again: String?
    let milliseconds: Int

    var isFailure: Bool { ["fail", "crash", "timeout"].contains(result) }
  }

  let file: String
  let passed: Bool
  let checks: [Check]

  var failures: [Check] { checks.filter(\.isFailure) }

  subscript(id: String) -> Check? { checks.first { $0.id == id } }

  /// Runs the checks.
  static func of(
    _ plugin: String, _ arguments: [String] = ["--level", "4"]
  ) throws -> (output: CheckOutput, result: ToolResult) {
    let result = try runTool(
      ["plugin", "check", plugin, "--json"] + arguments, timeLimit: 300)
    return (try JSONDecoder().decode(CheckOutput.self, from: Data(result.stdout)), result)
  }
}

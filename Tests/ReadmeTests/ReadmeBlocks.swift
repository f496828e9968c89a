import _TestSupport

/// The console blocks of a page: commands behind a dollar sign, each with the output that is shown for it.
struct ConsoleBlock: Sendable {
  let command: String
  /// What the page shows, empty where it shows nothing.
  let output: String

  /// All commands of a page's ```console blocks.
  static func all(of page: String) throws -> [ConsoleBlock] {
    let text = try TemporaryFolder().read(Repository.path(page))
    var blocks: [ConsoleBlock] = []
    var isInside = false
    var command: String?
    var output: [Substring] = []
    func close() {
      if let command {
        blocks.append(ConsoleBlock(command: command, output: output.joined(separator: "\n")))
      }
      command = nil
      output = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        close()
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        close()
        command = String(line.dropFirst(2))
      } else if isInside, let unfinished = command, output.isEmpty,
        unfinished.hasSuffix("\\") || unfinished.hasSuffix("|")
      {
        command = unfinished + "\n" + line
      } else if isInside {
        output.append(line)
      }
    }
    return blocks
  }

  /// What the shell makes of the command, with the built tools in reach.
  ///
  /// - Parameter folder: where it runs: a copy of the repository's root made of links.
  func run(in folder: String) throws -> ToolResult {
    try runProgram(
      "/bin/bash", arguments: ["-eo", "pipefail", "-c", command].map { Array($0.utf8) },
      environment: ["PATH": BuildProducts.directory + ":/usr/bin:/bin"], workingDirectory: folder)
  }

  /// Whether the command needs what `make models` makes: Tests/Models runs it.
  var needsModels: Bool { command.contains(".models/") }

  /// Whether the command needs jq, which `make test-all` installs.
  var needsJq: Bool { command.contains("jq") }
}

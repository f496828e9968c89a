import Testing
import _TestSupport

/// Runs a command of a page and compares its output with what the page shows.
func expectAsShown(_ block: ConsoleBlock) throws {
  let result = try block.run()
  #expect(result.ending == .exit(0), "\(result.errors)")
  guard !block.output.isEmpty else { return }
  #expect(block.output == trimmed(result.output + result.errors))
}

/// A page shows no blank lines at the end, and no blanks at the ends of lines.
private func trimmed(_ output: String) -> String {
  var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    String(line.reversed().drop { $0 == " " }.reversed())
  }
  while lines.last == "" { lines.removeLast() }
  return lines.joined(separator: "\n")
}

/// The pages whose commands are tested.
private let pages = ["README.md", "Plugins/sentiment/README.md"]

private func blocks(needingJq: Bool) throws -> [ConsoleBlock] {
  try pages.flatMap { try ConsoleBlock.all(of: $0) }.filter { $0.needsJq == needingJq }
}

@Suite("README")
struct ReadmeTests {
  @Test("every command prints what the page shows", arguments: try blocks(needingJq: false))
  func commands(_ block: ConsoleBlock) throws { try expectAsShown(block) }

  @Test("the page shows commands at all")
  func thereAreCommands() throws {
    #expect(try ConsoleBlock.all(of: "README.md").count >= 6)
  }
}

@Suite("README pipes")
struct ReadmePipeTests {
  @Test("every pipe into jq prints what the page shows", arguments: try blocks(needingJq: true))
  func pipes(_ block: ConsoleBlock) throws { try expectAsShown(block) }

  @Test("the page shows pipes at all")
  func thereArePipes() throws {
    #expect(try ConsoleBlock.all(of: "README.md").contains { $0.needsJq })
  }
}

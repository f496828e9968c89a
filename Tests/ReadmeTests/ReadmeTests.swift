import Foundation
import Testing
import _TestSupport

/// The pages whose commands are tested.
private let pages = [
  "README.md", "Plugins/README.md", "Plugins/sentiment/README.md", "Plugins/program/README.md",
]

/// Runs a page's commands in order, in a folder that holds links to the repository's, and compares what they print
/// with what the page shows.
private func expectAsShown(_ page: String, needingJq: Bool) throws {
  let folder = try TemporaryFolder()
  for name in ["Plugins", "Sources", "corpora"] {
    try FileManager.default.createSymbolicLink(
      atPath: folder(name), withDestinationPath: Repository.path(name))
  }
  for block in try ConsoleBlock.all(of: page)
  where block.needsJq == needingJq && !block.needsModels {
    let result = try block.run(in: folder.path)
    #expect(result.ending == .exit(0), "\(block.command): \(result.errors)")
    #expect(block.output == trimmed(result.output + result.errors), "\(block.command)")
    if block.command.hasPrefix("cc "), let library = block.command.split(separator: " ").last {
      let check = try runTool(
        ["plugin", "check", folder(String(library)), "--only", "elf-shape"])
      #expect(check.output.hasSuffix("\n1 pass\n"), "\(block.command): \(check.output)")
    }
  }
}

/// A page shows no blank lines at the end, and no blanks at the ends of lines.
private func trimmed(_ output: String) -> String {
  var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    String(line.reversed().drop { $0 == " " }.reversed())
  }
  while lines.last == "" { lines.removeLast() }
  return lines.joined(separator: "\n")
}

@Suite("README")
struct ReadmeTests {
  @Test("every command prints what the page shows", arguments: pages)
  func commands(page: String) throws { try expectAsShown(page, needingJq: false) }

  @Test("each page shows commands at all", arguments: pages)
  func thereAreCommands(page: String) throws {
    #expect(try !ConsoleBlock.all(of: page).isEmpty)
  }

  @Test("the guide to programs shows its example as it is, of 15 lines")
  func programExample() throws {
    let page = try TemporaryFolder().read(Repository.path("Plugins/program/README.md"))
    let example = try TemporaryFolder().read(Repository.path("Plugins/program/example.py"))
    #expect(page.contains("```python\n" + example + "```\n"))
    #expect(example.split(separator: "\n").count <= 15)
  }

  @Test("the library's example is the one that is compiled here")
  func library() throws {
    let readme = try TemporaryFolder().read(Repository.path("README.md"))
    let source = try TemporaryFolder().read(
      Repository.path("Tests/ReadmeTests/LibraryExample.swift"))
    let example = try #require(source.split(separator: "// example\n").dropFirst().first)
    let lines = example.split(separator: "\n").map { $0.hasPrefix("  ") ? $0.dropFirst(2) : $0 }
    #expect(readme.contains(lines.joined(separator: "\n")))
    #expect(try libraryExample().count == 3)
  }
}

/// What needs jq: `make test-all` installs it.
@Suite("README pipes")
struct ReadmePipeTests {
  @Test("every pipe into jq prints what the page shows")
  func pipes() throws { try expectAsShown("README.md", needingJq: true) }

  @Test("the page shows pipes at all")
  func thereArePipes() throws {
    #expect(try ConsoleBlock.all(of: "README.md").filter(\.needsJq).count >= 3)
  }
}

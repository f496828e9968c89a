import Foundation
import Testing

/// `corpora/` is what its README says.
@Suite struct CorpusTests {
  static let columns = [
    "reviews.tsv": ["label", "tags", "text"],
    "languages.tsv": ["language", "text"],
    "tickets.tsv": ["topic", "text"],
  ]

  /// The README's line on a file, cell by cell.
  private static func readmeCells(_ name: String) throws -> [String] {
    let lines = try CorpusTable.read("README.md").split(separator: "\n")
      .filter { $0.hasPrefix("| `\(name)` |") }
    try #require(lines.count == 1)
    return lines[0].split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test("every table in the folder is one of those tested here")
  func files() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: CorpusTable.folder.path)
    #expect(Set(names.filter { $0.hasSuffix(".tsv") }) == Set(Self.columns.keys))
  }

  @Test("the README has its count, origin, licence and checksum", arguments: columns.keys.sorted())
  func readme(name: String) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [CorpusTable.folder.appending(path: name).path]
    process.standardOutput = output
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let sum = try #require(printed.split(separator: " ").first)
    let cells = try Self.readmeCells(name)
    try #require(cells.count == 5)
    let table = try CorpusTable(name, columns: Self.columns[name] ?? [])
    #expect(cells[1].hasPrefix("\(table.rows.count) "))
    #expect(cells[2].hasPrefix("written for this project"))
    #expect(cells[3].hasPrefix("[CC0-1.0]("))
    #expect(sum.count == 64 && cells[4] == "`\(sum)`")
  }

  @Test("texts are different, composed, and without stray blanks", arguments: columns.keys.sorted())
  func texts(name: String) throws {
    let texts = try CorpusTable(name, columns: Self.columns[name] ?? []).texts
    // Equal but for case and punctuation counts as equal.
    let letters = texts.map { text in text.lowercased().filter { $0.isLetter || $0.isNumber } }
    #expect(Set(letters).count == texts.count)
    for text in texts {
      // Strings are equal whatever their form; bytes are not.
      #expect(text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(text.utf8), "\(text)")
      #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(text)")
      #expect(!text.contains("  ") && !text.contains("\u{FEFF}"), "\(text)")
    }
  }

  @Test("tickets: seven topics take turns, in texts of 4 to 30 words")
  func tickets() throws {
    let topics = [
      "billing", "delivery", "login", "refund", "bug", "cancellation", "feature-request",
    ]
    let tickets = try CorpusTable("tickets.tsv", columns: ["topic", "text"])
    #expect(tickets.rows.count >= 200 && tickets.rows.count.isMultiple(of: topics.count))
    for (index, row) in tickets.rows.enumerated() {
      #expect(row[0] == topics[index % topics.count], "\(row[1])")
      let count = try CorpusTable.wordCount(row[1], locale: "en")
      #expect((4...30).contains(count), "\(count): \(row[1])")
    }
  }
}

import Foundation
import Segmentation
import Testing

/// A file of `corpora/`: a header line, then lines of as many columns.
struct CorpusTable {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "corpora")

  let rows: [[String]]
  var texts: [String] { rows.compactMap(\.last) }

  init(_ name: String, columns: [String]) throws {
    let lines = try Self.read(name).split(separator: "\n", omittingEmptySubsequences: false)
    // A line feed ends the last line, too.
    #expect(lines.last == "")
    #expect(lines.first?.split(separator: "\t").map(String.init) == columns)
    rows = try lines.dropFirst().dropLast().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == columns.count, "\(line)")
      return fields
    }
  }

  static func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// How many of a text's tokens are neither punctuation nor control characters.
  static func wordCount(_ text: String, locale: String) throws -> Int {
    try Segmenter(unit: .word, locale: locale).tokens(in: Array(text.utf8)).count {
      $0.kind.isWordLike
    }
  }
}

import Foundation
import Segmentation
import Testing

/// `corpora/` is what its README says.
@Suite struct CorpusTests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "corpora")

  struct Review {
    var label: String
    var tags: [String]
    var text: String
    var tokens: [TextToken]
  }

  static func reviews() throws -> [Review] {
    let segmenter = try Segmenter(unit: .word, locale: "en")
    let lines = try String(contentsOf: folder.appending(path: "reviews.tsv"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "label\ttags\ttext" && lines.last == "")
    return try lines.dropFirst().dropLast().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      try #require(fields.count == 3, "\(line)")
      return Review(
        label: String(fields[0]), tags: fields[1].split(separator: ",").map(String.init),
        text: String(fields[2]), tokens: try segmenter.tokens(in: Array(fields[2].utf8)))
    }
  }

  @Test("the checksum is the one in the README")
  func checksum() throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [Self.folder.appending(path: "reviews.tsv").path]
    process.standardOutput = output
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let sum = try #require(printed.split(separator: " ").first)
    #expect(sum.count == 64)
    let readme = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("| `\(sum)` |"))
  }

  @Test("the reviews are different, balanced, alternating and of 3 to 45 words")
  func shape() throws {
    let reviews = try Self.reviews()
    #expect(reviews.count == 132)
    #expect(Set(reviews.map(\.text)).count == 132)
    for (index, review) in reviews.enumerated() {
      #expect(review.label == (index.isMultiple(of: 2) ? "positive" : "negative"))
      let wordCount = review.tokens.count { [.word, .number].contains($0.kind) }
      #expect((3...45).contains(wordCount), "\(wordCount): \(review.text)")
    }
  }

  @Test("the tags that can be checked are right, and there are no others")
  func tags() throws {
    let topics: Set = [
      "film", "food", "hotel", "phone", "book", "app", "train", "shoes", "concert", "museum",
      "course",
    ]
    let styles: Set = [
      "negation", "contrast", "exclamation", "capitals", "emoji", "irony", "slang", "typo",
    ]
    let negations: Set = [
      "not", "no", "never", "nothing", "nobody", "without", "hardly", "cannot",
    ]
    let contrasts: Set = ["but", "yet", "although"]
    var seen: Set<String> = []
    for review in try Self.reviews() {
      let bytes = Array(review.text.utf8)
      let words = review.tokens.filter { $0.kind == .word }
        .map { String(decoding: bytes[$0.utf8], as: UTF8.self) }
      let tags = Set(review.tags.dropFirst())
      #expect(topics.contains(try #require(review.tags.first)), "\(review.text)")
      #expect(tags.isSubset(of: styles) && tags.count == review.tags.count - 1, "\(review.text)")
      let facts: [(String, Bool)] = [
        (
          "negation",
          words.contains { negations.contains($0.lowercased()) || $0.lowercased().hasSuffix("n't") }
        ),
        ("contrast", words.contains { contrasts.contains($0.lowercased()) }),
        ("exclamation", review.text.contains("!")),
        (
          "capitals",
          words.contains { $0.count >= 3 && $0.allSatisfy { ("A"..."Z").contains($0) } }
        ),
        ("emoji", review.tokens.contains { $0.kind == .emoji }),
      ]
      for (tag, holds) in facts { #expect(tags.contains(tag) == holds, "\(tag): \(review.text)") }
      seen.formUnion(review.tags)
    }
    #expect(seen == topics.union(styles))
  }
}

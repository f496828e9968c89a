import Segmentation
import Testing

/// `corpora/reviews.tsv`: labels alternate, and tags say what is in the text.
@Suite struct ReviewCorpusTests {
  struct Review {
    var label: String
    var tags: [String]
    var text: String
    var tokens: [TextToken]
  }

  static func reviews() throws -> [Review] {
    let segmenter = try Segmenter(unit: .word, locale: "en")
    return try CorpusTable("reviews.tsv", columns: ["label", "tags", "text"]).rows.map { row in
      Review(
        label: row[0], tags: row[1].split(separator: ",").map(String.init), text: row[2],
        tokens: try segmenter.tokens(in: Array(row[2].utf8)))
    }
  }

  @Test("the reviews are balanced, alternating and of 3 to 45 words")
  func shape() throws {
    let reviews = try Self.reviews()
    #expect(reviews.count >= 400 && reviews.count.isMultiple(of: 2))
    for (index, review) in reviews.enumerated() {
      #expect(review.label == (index.isMultiple(of: 2) ? "positive" : "negative"))
      let wordCount = review.tokens.count { [.word, .number].contains($0.kind) }
      #expect((3...45).contains(wordCount), "\(wordCount): \(review.text)")
    }
  }

  @Test("the tags that can be checked are right, in order, and there are no others")
  func tags() throws {
    let topics: Set = [
      "film", "food", "hotel", "phone", "book", "app", "train", "shoes", "concert", "museum",
      "course", "series", "game", "laptop", "headphones", "bike", "flight", "shop", "toy",
      "kitchen", "gym",
    ]
    let styles = [
      "negation", "contrast", "exclamation", "capitals", "emoji", "irony", "slang", "typo",
    ]
    let negations: Set = [
      "not", "no", "never", "nothing", "nobody", "none", "neither", "nor", "without", "hardly",
      "cannot",
    ]
    let contrasts: Set = ["but", "yet", "although"]
    var seen: Set<String> = []
    for review in try Self.reviews() {
      let bytes = Array(review.text.utf8)
      let words = review.tokens.filter { $0.kind == .word }
        .map { String(decoding: bytes[$0.utf8], as: UTF8.self) }
      let tags = Array(review.tags.dropFirst())
      #expect(topics.contains(try #require(review.tags.first)), "\(review.text)")
      // Filtering the list of styles keeps its order and drops what is not in it.
      #expect(tags == styles.filter(tags.contains), "\(review.text)")
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

import Classification

/// A classifier in this process whose calls are told to ``ExitGuard``.
final class GuardedClassifier: Classifier {
  private let base: any Classifier

  var description: ClassifierDescription { base.description }

  init(_ base: any Classifier) { self.base = base }

  func scores(of texts: TextBatch) throws -> ScoreMatrix {
    if texts.count > 0 {
      let first = TextExcerpt(of: texts.bytes[texts.range(of: 0)])
      ExitGuard.enter(Self.step(texts.count, first), description.name)
    }
    return try base.scores(of: texts)
  }

  func maskedScorer(for masking: Masking) throws -> (any MaskedScorer)? {
    ExitGuard.enter("preparing the text \(TextExcerpt(of: masking.text))", description.name)
    return try base.maskedScorer(for: masking).map {
      Scorer(base: $0, masking: masking, name: description.name)
    }
  }

  func tokens(of text: [UInt8]) throws -> [Range<Int>]? {
    ExitGuard.enter("finding the tokens of the text \(TextExcerpt(of: text))", description.name)
    return try base.tokens(of: text)
  }

  func expect(rows: Int) { base.expect(rows: rows) }

  private static func step(_ count: Int, _ first: TextExcerpt) -> String {
    "scoring " + (count == 1 ? "the text" : "\(count) texts in one call, the first") + " \(first)"
  }

  private final class Scorer: MaskedScorer {
    private let base: any MaskedScorer
    private let excerpt: TextExcerpt
    private let name: String

    init(base: any MaskedScorer, masking: Masking, name: String) {
      self.base = base
      excerpt = TextExcerpt(of: masking.text)
      self.name = name
    }

    func scores(ofMasks masks: ArraySlice<UInt64>, rows: Int) throws -> ScoreMatrix {
      ExitGuard.enter("scoring \(rows) variants of the text \(excerpt)", name)
      return try base.scores(ofMasks: masks, rows: rows)
    }
  }
}

import Classification

/// A classifier that costs next to nothing and answers each text, or each mask, with another number.
final class HashClassifier: Classifier {
  let description = ClassifierDescription(
    id: "org.textexplain.hash", name: "hash", version: "1.0.0", outputKind: .multilabel,
    labels: ["hash"], isBatchInvariant: true)
  private let offersMasks: Bool

  init(offersMasks: Bool) { self.offersMasks = offersMasks }

  func scores(of texts: TextBatch) -> ScoreMatrix {
    var matrix = ScoreMatrix(rows: texts.count, outputs: 1)
    for row in 0..<texts.count {
      let range = texts.range(of: row)
      matrix.values[row] = Self.score(UInt64(range.count) &* UInt64(row + 1))
    }
    return matrix
  }

  func maskedScorer(for masking: Masking) -> (any MaskedScorer)? {
    offersMasks ? Scorer(words: masking.wordsPerMask) : nil
  }

  private final class Scorer: MaskedScorer {
    private let words: Int
    init(words: Int) { self.words = words }

    func scores(ofMasks masks: ArraySlice<UInt64>, rows: Int) -> ScoreMatrix {
      var matrix = ScoreMatrix(rows: rows, outputs: 1)
      for row in 0..<rows {
        matrix.values[row] = HashClassifier.score(masks[masks.startIndex + row * words])
      }
      return matrix
    }
  }

  private static func score(_ bits: UInt64) -> Double {
    Double((bits &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
  }
}

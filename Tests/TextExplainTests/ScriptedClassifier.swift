import Classification
import Glibc

/// A classifier made of a closure, which notes every text that it is asked for.
final class ScriptedClassifier: Classifier {
  var description: ClassifierDescription
  private let score: (String) -> [Double]
  /// Whether it offers a prepared text, which renders and scores.
  var offersMasks = false
  /// Texts longer than this are said to be truncated.
  var window = Int.max

  /// Every text scored one by one, in order.
  private(set) var texts: [String] = []
  /// How many masks were scored.
  private(set) var maskCount = 0
  /// The sizes of the batches, in order.
  private(set) var batches: [Int] = []

  init(
    kind: OutputKind = .probability, labels: [String] = ["negative", "positive"], cost: Int = 0,
    score: @escaping (String) -> [Double]
  ) {
    description = ClassifierDescription(
      id: "org.textexplain.scripted", name: "scripted", version: "1.0.0", outputKind: kind,
      labels: labels, typicalCostMicroseconds: cost, isBatchInvariant: true)
    self.score = score
  }

  /// P(positive) is the logistic function of a bias and the weights of the words between blanks.
  static func logistic(bias: Double, weights: [String: Double]) -> ScriptedClassifier {
    ScriptedClassifier { text in
      let words = text.split { !($0.isLetter || $0 == "'") }
      let p = 1 / (1 + exp(-words.reduce(bias) { $0 + (weights[String($1)] ?? 0) }))
      return [1 - p, p]
    }
  }

  func scores(of batch: TextBatch) -> ScoreMatrix {
    var matrix = ScoreMatrix(rows: batch.count, outputs: description.labels.count)
    matrix.values = []
    for row in 0..<batch.count {
      let text = String(decoding: batch.bytes[batch.range(of: row)], as: UTF8.self)
      texts.append(text)
      matrix.values += score(text)
      if text.utf8.count > window { matrix.flags[row] = .truncated }
    }
    batches.append(batch.count)
    return matrix
  }

  func maskedScorer(for masking: Masking) -> (any MaskedScorer)? {
    offersMasks ? Scorer(classifier: self, masking: masking) : nil
  }

  private final class Scorer: MaskedScorer {
    private let classifier: ScriptedClassifier
    private let masking: Masking

    init(classifier: ScriptedClassifier, masking: Masking) {
      self.classifier = classifier
      self.masking = masking
    }

    func scores(ofMasks masks: ArraySlice<UInt64>, rows: Int) -> ScoreMatrix {
      var batch = TextBatch()
      for row in 0..<rows {
        let start = masks.startIndex + row * masking.wordsPerMask
        masking.render(mask: masks[start..<start + masking.wordsPerMask], into: &batch)
      }
      classifier.maskCount += rows
      return classifier.scores(of: batch)
    }
  }
}

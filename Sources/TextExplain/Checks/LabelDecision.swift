import Classification

/// Whether a row of scores predicts one label.
///
/// Of several exclusive labels the one with the highest score is predicted, of equal ones the first. A label that is
/// independent of others, or the only one, is predicted from a probability of ½ on, or from a positive margin on.
struct LabelDecision {
  private let threshold: Double?
  private let label: Int

  /// Makes the decision for the label at a position; nil for a regression, which decides nothing.
  init?(_ kind: OutputKind, labelCount: Int, label: Int) {
    self.label = label
    switch kind {
    case .regression: return nil
    case .multilabel: threshold = 0.5
    case .probability: threshold = labelCount == 1 ? 0.5 : nil
    // The nearest double to ln ½.
    case .logProbability: threshold = labelCount == 1 ? -0.693_147_180_559_945_3 : nil
    case .logit, .margin: threshold = labelCount == 1 ? 0 : nil
    }
  }

  /// Whether one of several labels is predicted, always.
  var isChoice: Bool { threshold == nil }

  /// Whether the label is predicted.
  func isPredicted(by scores: some RandomAccessCollection<Double>) -> Bool {
    guard let threshold else { return Self.best(of: scores) == label }
    return scores[scores.index(scores.startIndex, offsetBy: label)] >= threshold
  }

  /// The position of the highest score, of equal ones the first.
  static func best(of scores: some RandomAccessCollection<Double>) -> Int {
    var best = 0
    var highest = -Double.infinity
    for (position, score) in scores.enumerated() where score > highest {
      best = position
      highest = score
    }
    return best
  }
}

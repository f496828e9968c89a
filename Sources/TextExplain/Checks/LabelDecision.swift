import Classification

/// How one label stands in a row of scores.
///
/// Of several exclusive labels the one with the highest score is predicted, of equal ones the first. A label that is
/// independent of others, or the only one, is predicted from a probability of ½ on, or from a positive margin on.
struct LabelDecision {
  /// In relation to the best of the others, or to the threshold.
  enum Standing {
    case behind, level, ahead
  }

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
    isChoice ? Self.leaders(of: scores).first == label : standing(in: scores) == .ahead
  }

  /// How the label stands; level with others that have the highest score too, never with a threshold.
  func standing(in scores: some RandomAccessCollection<Double>) -> Standing {
    if let threshold {
      let score = scores[scores.index(scores.startIndex, offsetBy: label)]
      return score >= threshold ? .ahead : .behind
    }
    let leaders = Self.leaders(of: scores)
    return leaders == [label] ? .ahead : leaders.contains(label) ? .level : .behind
  }

  /// The positions of the highest score, ascending.
  static func leaders(of scores: some RandomAccessCollection<Double>) -> [Int] {
    let highest = scores.max()
    return scores.enumerated().filter { $0.element == highest }.map(\.offset)
  }
}

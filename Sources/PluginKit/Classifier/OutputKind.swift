/// What the scores of a row mean (`TX_OUT_…`).
public enum OutputKind: Int32, Sendable, CaseIterable {
  /// Each in [0, 1]; a row sums to 1.
  case probability = 1
  /// Each in [0, 1], independent of the others.
  case multilabel = 2
  /// Natural logarithms of probabilities that sum to 1.
  case logProbability = 3
  /// Softmax, for one output the logistic function, gives probabilities.
  case logit = 4
  /// Any finite number.
  case regression = 5
  /// A decision value, whose sign decides.
  case margin = 6
}

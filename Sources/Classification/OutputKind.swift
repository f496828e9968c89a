/// What the numbers of a classifier's score row mean.
public enum OutputKind: String, Sendable, CaseIterable {
  /// Each in [0, 1], a row sums to 1.
  case probability
  /// Each in [0, 1], independent of the others.
  case multilabel
  /// Natural logarithms of probabilities that sum to 1.
  case logProbability
  /// Softmax of a row (the logistic function of a single output) gives probabilities.
  case logit
  /// Any finite number.
  case regression
  /// A decision value whose sign decides.
  case margin
}

import Glibc

/// A scale on which a bounded output may be closer to a sum of effects.
///
/// Every link maps the open interval (0, 1) onto all numbers, and p to minus what 1 − p gives.
public enum Link: String, Sendable, CaseIterable {
  /// ln(p / (1 − p)): softmax and logistic outputs.
  case logit
  /// c / √(1 − c²) for c = 2p − 1: outputs of the form s / √(1 + s²), as rule-based scorers have.
  case algebraic

  /// The scale's number for a value strictly between 0 and 1.
  public func forward(_ p: Double) -> Double {
    switch self {
    case .logit: log(p / (1 - p))
    case .algebraic:
      // 1 − c² = 4 p (1 − p)
      (2 * p - 1) / (2 * (p * (1 - p)).squareRoot())
    }
  }

  /// The value for a number of the scale.
  public func inverse(_ s: Double) -> Double {
    switch self {
    case .logit: 1 / (1 + exp(-s))
    case .algebraic: 0.5 + s / (2 * (1 + s * s).squareRoot())
    }
  }
}

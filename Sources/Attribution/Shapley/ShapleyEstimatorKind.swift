/// The ways of finding Shapley values.
public enum ShapleyEstimatorKind: String, Sendable, CaseIterable {
  /// All 2ⁿ coalitions.
  case exact
  /// Constrained weighted least squares over sampled pairs of complementary coalitions.
  case kernel
  /// The mean over sampled orders of the players, each walked forward and back.
  case permutation
  /// Gaussian processes fitted to pairs of complementary coalitions.
  case surrogate

  /// The estimator for `playerCount` players when the caller leaves the choice: ``exact`` where the
  /// budget holds all 2ⁿ coalitions, ``kernel`` elsewhere.
  public static func automatic(playerCount: Int, budget: Int) -> Self {
    playerCount < Int.bitWidth - 2 && 1 << playerCount <= budget ? .exact : .kernel
  }

  /// The fewest evaluations the estimator runs with, v(∅) and v(N) included; never more than 2ⁿ.
  ///
  /// 2ⁿ for ``exact``, 2*n* + 2 for ``kernel``, 2*n* for ``permutation``.
  public func minimumBudget(playerCount n: Int) -> Int {
    let all = n < Int.bitWidth - 2 ? 1 << n : Int.max
    return switch self {
    case .exact: all
    case .kernel, .surrogate: Swift.min(all, 2 * n + 2)
    case .permutation: Swift.max(1, Swift.min(all, 2 * n))
    }
  }
}

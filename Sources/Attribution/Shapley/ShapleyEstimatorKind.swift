/// The ways of finding Shapley values.
public enum ShapleyEstimatorKind: String, Sendable, CaseIterable {
  /// All 2ⁿ coalitions.
  case exact
  /// Constrained weighted least squares over sampled pairs of complementary coalitions.
  case kernel
  /// The mean over sampled orders of the players, each walked forward and back.
  case permutation
  /// Owen values of players in groups: Shapley values of the groups, shared among their members.
  case owen

  /// The most players for which ``automatic(playerCount:budget:)`` takes ``kernel``, whose
  /// arithmetic grows with the cube of their number.
  public static let kernelPlayerCount = 1000

  /// The estimator for `playerCount` players when the caller leaves the choice: ``exact`` where the
  /// budget holds all 2ⁿ coalitions, ``kernel`` elsewhere up to ``kernelPlayerCount``, ``owen``
  /// beyond.
  public static func automatic(playerCount: Int, budget: Int) -> Self {
    if playerCount < Int.bitWidth - 2 && 1 << playerCount <= budget { return .exact }
    return playerCount <= kernelPlayerCount ? .kernel : .owen
  }

  /// The fewest evaluations the estimator runs with, v(∅) and v(N) included; never more than 2ⁿ.
  ///
  /// 2ⁿ for ``exact``, 2*n* + 2 for ``kernel``, 2*n* for ``permutation``. For ``owen`` this is what
  /// a single group takes; for more see ``OwenShapley/minimumBudget``.
  public func minimumBudget(playerCount n: Int) -> Int {
    let all = n < Int.bitWidth - 2 ? 1 << n : Int.max
    return switch self {
    case .exact: all
    case .kernel, .owen: Swift.min(all, 2 * n + 2)
    case .permutation: Swift.max(1, Swift.min(all, 2 * n))
    }
  }
}

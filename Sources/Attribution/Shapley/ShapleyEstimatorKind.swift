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
  /// Owen values of players in groups: Shapley values of the groups, shared among their members.
  case owen

  /// The most players for which ``automatic(playerCount:budget:)`` takes ``surrogate`` or ``kernel``,
  /// whose arithmetic grows with the cube of their number.
  public static let kernelPlayerCount = 1000
  /// Up to so many evaluations the surrogate costs little whatever *n* is.
  private static let fewEvaluations = 1024
  /// Up to so many evaluations a player the surrogate is chosen.
  private static let fewEvaluationsPerPlayer = 30

  /// The estimator for `playerCount` players when the caller leaves the choice.
  ///
  /// ``exact`` where the budget holds all 2ⁿ coalitions, and ``owen`` beyond ``kernelPlayerCount``. Of the others
  /// ``surrogate`` is the more accurate at every budget (docs/accuracy.md), and takes the longer: it is chosen up to
  /// 30*n* or 1024 evaluations, because whoever can afford more has a fast model, for which ``kernel`` makes up with
  /// evaluations. The choice depends on *n* and the budget alone, so that it is the same on every machine.
  public static func automatic(playerCount: Int, budget: Int) -> Self {
    if playerCount < Int.bitWidth - 2, 1 << playerCount <= budget { return .exact }
    if playerCount > kernelPlayerCount { return .owen }
    return budget <= max(fewEvaluations, fewEvaluationsPerPlayer * playerCount)
      ? .surrogate : .kernel
  }

  /// The fewest evaluations the estimator runs with, v(∅) and v(N) included; never more than 2ⁿ.
  ///
  /// 2ⁿ for ``exact``, 2*n* + 2 for ``kernel`` and ``surrogate``, 2*n* for ``permutation``. For ``owen`` this is what
  /// a single group takes; for more see ``OwenShapley/minimumBudget``.
  public func minimumBudget(playerCount n: Int) -> Int {
    let all = n < Int.bitWidth - 2 ? 1 << n : Int.max
    return switch self {
    case .exact: all
    case .kernel, .surrogate, .owen: Swift.min(all, 2 * n + 2)
    case .permutation: Swift.max(1, Swift.min(all, 2 * n))
    }
  }
}

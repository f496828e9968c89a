/// Why Shapley values were refused.
public enum ShapleyError: Error, Equatable, Sendable {
  /// The estimator needs at least `minimum` evaluations for that many players.
  case budgetBelowMinimum(
    estimator: ShapleyEstimatorKind, budget: Int, minimum: Int, playerCount: Int)
  /// All coalitions of that many players are more than enumeration goes through unless the budget names them.
  case tooManyPlayersForExact(playerCount: Int)

  /// What is wrong.
  public var message: String {
    switch self {
    case .budgetBelowMinimum(let estimator, let budget, let minimum, let playerCount):
      "a budget of \(budget) is below the minimum of \(minimum) evaluations that the estimator "
        + "\"\(estimator.rawValue)\" needs for \(playerCount) players"
    case .tooManyPlayersForExact(let playerCount):
      "exact Shapley values of \(playerCount) players need 2^\(playerCount)"
        + (playerCount < 63 ? " = \(1 << playerCount)" : "")
        + " evaluations; without a budget the limit is \(ExactShapley.maximumPlayerCount) players"
    }
  }
}

extension ShapleyEstimatorKind {
  /// Refuses a budget below the estimator's minimum.
  func check(budget: Int, playerCount: Int) throws(ShapleyError) {
    let minimum = minimumBudget(playerCount: playerCount)
    guard budget >= minimum else {
      throw .budgetBelowMinimum(
        estimator: self, budget: budget, minimum: minimum, playerCount: playerCount)
    }
  }
}

/// Why Shapley values were refused.
public enum ShapleyError: Error, Equatable, Sendable {
  /// The estimator needs at least `minimum` evaluations for that many players.
  case budgetBelowMinimum(
    estimator: ShapleyEstimatorKind, budget: Int, minimum: Int, playerCount: Int)
  /// All coalitions of that many players are too many to go through.
  case tooManyPlayersForExact(playerCount: Int)
  /// The game gave NaN or an infinite value.
  case valueNotFinite(value: Double, output: Int, coalitionSize: Int)
}

extension ShapleyError: CustomStringConvertible {
  /// What is wrong.
  public var message: String {
    switch self {
    case .budgetBelowMinimum(let estimator, let budget, let minimum, let playerCount):
      "a budget of \(budget) is below the minimum of \(minimum) evaluations that the estimator "
        + "'\(estimator.rawValue)' needs for \(playerCount) players"
    case .tooManyPlayersForExact(let playerCount):
      "exact Shapley values of \(playerCount) players need 2^\(playerCount)"
        + (playerCount < 63 ? " = \(1 << playerCount)" : "")
        + " evaluations; the limit is \(ExactShapley.maximumPlayerCount) players"
    case .valueNotFinite(let value, let output, let coalitionSize):
      "the value of a coalition of \(coalitionSize) players is \(value) for output \(output)"
    }
  }

  /// What may be done about it.
  public var help: String {
    switch self {
    case .budgetBelowMinimum(_, _, let minimum, _): "use a budget of \(minimum) or more"
    case .tooManyPlayersForExact: "use the estimator 'kernel' or 'permutation'"
    case .valueNotFinite: "only finite values can be explained; look at what the classifier returns"
    }
  }

  /// The message and the help in one line.
  public var description: String { "\(message); \(help)" }
}

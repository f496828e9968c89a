/// Why Shapley values were refused.
public enum ShapleyError: Error, Equatable, Sendable {
  /// The estimator needs at least `minimum` evaluations for that many players.
  case budgetBelowMinimum(
    estimator: ShapleyEstimatorKind, budget: Int, minimum: Int, playerCount: Int)
  /// All coalitions of that many players are too many to go through.
  case tooManyPlayersForExact(playerCount: Int)
  /// The game gave NaN, or a value above ``largestMagnitude``.
  case valueOutOfRange(value: Double, output: Int, coalitionSize: Int)

  /// The largest magnitude of a value that is accepted, so that squares of differences cannot
  /// overflow.
  public static let largestMagnitude = 1e100
}

extension ShapleyError {
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
    case .valueOutOfRange(let value, let output, let coalitionSize):
      "output \(output) of the game is \(value) for a coalition of \(coalitionSize) players"
    }
  }

  /// What may be done about it.
  public var help: String {
    switch self {
    case .budgetBelowMinimum(_, _, let minimum, _): "use a budget of \(minimum) or more"
    case .tooManyPlayersForExact: "use the estimator 'kernel' or 'permutation'"
    case .valueOutOfRange:
      "values must be numbers of magnitude \(Self.largestMagnitude) at most"
    }
  }

}

extension ShapleyError: CustomStringConvertible {
  /// The message and the help in one line.
  public var description: String { "\(message); \(help)" }
}

extension ShapleyEstimatorKind {
  /// Throws where `budget` is below the minimum.
  func check(budget: Int, playerCount: Int) throws(ShapleyError) {
    let minimum = minimumBudget(playerCount: playerCount)
    guard budget >= minimum else {
      throw .budgetBelowMinimum(
        estimator: self, budget: budget, minimum: minimum, playerCount: playerCount)
    }
  }
}

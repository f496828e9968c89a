/// Shapley values by enumeration of all 2ⁿ coalitions.
public struct ExactShapley: ShapleyEstimator {
  /// The most players whose coalitions are enumerated without a budget that names them all: 2²⁰ coalitions.
  public static let maximumPlayerCount = 20

  /// The most evaluations; nil for all that ``maximumPlayerCount`` players need.
  public let budget: Int?

  /// Coalitions the game is asked for at once.
  public let batchSize: Int

  /// Makes the estimator; `batchSize` changes no result.
  public init(budget: Int? = nil, batchSize: Int = EvaluationBatches.defaultSize) {
    self.budget = budget
    self.batchSize = batchSize
  }

  /// Enumeration.
  public var kind: ShapleyEstimatorKind { .exact }

  /// The Shapley values of `game`.
  ///
  /// - Throws: ``ShapleyError`` where 2ⁿ is above the budget, or there is none and *n* is above
  ///   ``maximumPlayerCount``, ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the
  ///   game throws.
  /// - Complexity: 2ⁿ evaluations, 2 · 2ⁿ additions an output, and 2ⁿ numbers an output and one
  ///   more of memory.
  public func values(of game: any Game) throws -> ShapleyValues {
    if let budget {
      try kind.check(budget: budget, playerCount: game.playerCount)
    } else if game.playerCount > Self.maximumPlayerCount {
      throw ShapleyError.tooManyPlayersForExact(playerCount: game.playerCount)
    }
    return try Self.enumerated(game, for: kind, batchSize: batchSize)
  }

  /// The Shapley values of a game of few players, found on behalf of an estimator.
  static func enumerated(
    _ game: any Game, for estimator: ShapleyEstimatorKind, batchSize: Int
  ) throws -> ShapleyValues {
    let n = game.playerCount
    var table = CoalitionTable(playerCount: n, outputCount: game.outputCount)
    try table.fill(from: game, batchSize: batchSize)
    let outputs = 0..<game.outputCount
    return ShapleyValues(
      estimator: estimator, isExact: true,
      emptyValues: outputs.map { table.value(of: 0, output: $0) },
      grandValues: outputs.map { table.value(of: (1 << n) - 1, output: $0) },
      values: outputs.map { table.shapleyValues(output: $0) },
      standardErrors: nil, evaluations: 1 << n)
  }
}

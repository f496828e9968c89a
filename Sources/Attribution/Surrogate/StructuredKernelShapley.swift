/// Shapley values of games whose evaluations are cheap: a structure from which they follow (`StructureSearch`,
/// `NullPlayerSearch`), and paired KernelSHAP where none is found.
public struct StructuredKernelShapley: ShapleyEstimator {
  /// The most distinct coalitions to evaluate, ∅ and N included.
  public let budget: Int
  /// Where the random coalitions come from.
  public let seed: UInt64
  /// Values of the game closer than this count as equal where a structure is checked.
  public var valueTolerance = 0.0
  /// Coalitions the game is asked for at once.
  public let batchSize: Int

  /// Makes the estimator; `batchSize` changes no result.
  public init(budget: Int, seed: UInt64, batchSize: Int = EvaluationBatches.defaultSize) {
    self.budget = budget
    self.seed = seed
    self.batchSize = batchSize
  }

  /// KernelSHAP; values that follow from a structure are those of the surrogate.
  public var kind: ShapleyEstimatorKind { .kernel }

  /// The Shapley values of `game`, or estimates.
  ///
  /// - Throws: what ``KernelShapley/values(of:)`` does.
  /// - Complexity: at most `budget` evaluations, of which the search takes 2*n* + 2 and seldom more.
  public func values(of game: any Game) throws -> ShapleyValues {
    let n = game.playerCount
    let kernel = KernelShapley(budget: budget, seed: seed, batchSize: batchSize)
    // The search would leave too little, or everything is enumerated anyway.
    guard n > 2, budget >= 2 * kind.minimumBudget(playerCount: n) + 2 * StructureSearch.freshPairs,
      n >= Int.bitWidth - 2 || budget < 1 << n
    else { return try kernel.values(of: game) }
    let counted = CountedGame(game)
    var ledger = EvaluationLedger(game: counted, budget: budget, batchSize: batchSize)
    var surrogate = SurrogateShapley(budget: budget, seed: seed, batchSize: batchSize)
    surrogate.valueTolerance = valueTolerance
    if let found = try surrogate.structure(of: counted, in: &ledger).found { return found }
    // ∅ and N are known to both.
    let rest = KernelShapley(
      budget: budget - ledger.count + 2, seed: seed, batchSize: batchSize)
    var values = try rest.values(of: counted)
    values.evaluations = counted.distinctCount
    return values
  }
}

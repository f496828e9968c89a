/// Shapley values by antithetic permutation sampling.
public struct PermutationShapley: ShapleyEstimator {
  /// The most distinct coalitions to evaluate, ∅ and N included.
  public let budget: Int
  /// Where the random orders come from.
  public let seed: UInt64
  /// Coalitions the game is asked for at once.
  public let batchSize: Int

  /// Makes the estimator; `batchSize` changes no result.
  public init(budget: Int, seed: UInt64, batchSize: Int = EvaluationBatches.defaultSize) {
    self.budget = budget
    self.seed = seed
    self.batchSize = batchSize
  }

  /// Permutation sampling.
  public var kind: ShapleyEstimatorKind { .permutation }

  public func values(of game: any Game) throws -> ShapleyValues { fatalError() }
}

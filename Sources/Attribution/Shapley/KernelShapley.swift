/// Shapley values by paired KernelSHAP.
public struct KernelShapley: ShapleyEstimator {
  /// The most distinct coalitions to evaluate, ∅ and N included.
  public let budget: Int
  /// Where the random coalitions come from.
  public let seed: UInt64
  /// Coalitions the game is asked for at once.
  public let batchSize: Int

  /// Makes the estimator; `batchSize` changes no result.
  public init(budget: Int, seed: UInt64, batchSize: Int = EvaluationBatches.defaultSize) {
    self.budget = budget
    self.seed = seed
    self.batchSize = batchSize
  }

  /// KernelSHAP.
  public var kind: ShapleyEstimatorKind { .kernel }

  public func values(of game: any Game) throws -> ShapleyValues { fatalError() }
}

/// Shapley values by paired KernelSHAP: constrained weighted least squares over sampled pairs of
/// complementary coalitions.
///
/// S. Lundberg, S.-I. Lee: "A unified approach to interpreting model predictions", NeurIPS 2017
/// (theorem 2); I. Covert, S.-I. Lee: "Improving KernelSHAP", AISTATS 2021 (pairs). The pairs and
/// their weights are those of `PairDesign`, the regression and its standard errors those of
/// `PairedLeastSquares`.
///
/// Games with interactions of at most two players are exact at any budget, all games where the
/// budget holds all 2ⁿ coalitions. Otherwise the estimate is consistent, with a bias that is small
/// beside its standard error. Standard errors are given from 4*n* + 2 evaluations on; below, the
/// residuals are too few to tell.
public struct KernelShapley: ShapleyEstimator {
  /// The most distinct coalitions to evaluate, ∅ and N included; an odd one is left unused.
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

  /// Estimates of the Shapley values of `game`.
  ///
  /// - Throws: ``ShapleyError/budgetBelowMinimum(estimator:budget:minimum:playerCount:)`` below
  ///   2*n* + 2 (or 2ⁿ) evaluations, ``GameError/valueOutOfRange(value:output:coalitionSize:)``,
  ///   and whatever the game throws.
  /// - Complexity: at most `budget` evaluations, and about *m* *n*²/10 + 2*n*³ operations for *m*
  ///   of them.
  public func values(of game: any Game) throws -> ShapleyValues {
    let n = game.playerCount
    try kind.check(budget: budget, playerCount: n)
    guard n > 1 else { return try ExactShapley.enumerated(game, for: kind, batchSize: batchSize) }
    let (design, regression) = plan(playerCount: n)
    let evaluated = try PairValues(of: design.coalitions, in: game, batchSize: batchSize)
    let fits = (0..<game.outputCount).map { output in
      regression.fit(
        evaluated.differences[output],
        sum: evaluated.grandValues[output] - evaluated.emptyValues[output])
    }
    return ShapleyValues(
      estimator: kind, isExact: design.isComplete,
      emptyValues: evaluated.emptyValues, grandValues: evaluated.grandValues,
      values: fits.map(\.values),
      standardErrors: design.tellsError
        ? regression.standardErrors(
          residuals: fits.map(\.residuals), inclusion: design.inclusion) : nil,
      evaluations: 2 + 2 * design.coalitions.count, pool: evaluated.pool)
  }

  /// The pairs to evaluate, and the regression over them.
  ///
  /// Whether pairs determine all values shows before the game is asked: a draw that does not, which
  /// has not been seen, is replaced by the design that takes the *n* pairs of size 1, which always
  /// does.
  func plan(playerCount n: Int) -> (PairDesign, PairedLeastSquares) {
    let pairs = (budget - 2) / 2
    var generator = SplitMix64(seed: seed)
    for extremesFirst in pairs < 2 * n ? [true] : [false, true] {
      let design = PairDesign(
        playerCount: n, pairCount: pairs, extremesFirst: extremesFirst, generator: &generator)
      let regression = PairedLeastSquares(
        coalitions: design.coalitions, weights: design.weights)
      if let regression { return (design, regression) }
    }
    preconditionFailure("the pairs of size 1 determine the values")
  }
}

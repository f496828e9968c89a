/// LIME's limit of functions that cost nothing to evaluate, from many coalitions.
struct LimitSimulation {
  private let coalitions: Coalitions
  private let weights: [Double]
  private let moments: RemovalMoments
  private let isComplete: Bool

  /// Standard errors of a word's coefficient are those of so many draws.
  private static let draws = 1 << 17

  /// Draws coalitions of the law of `options`.
  init(playerCount: Int, kernelWidth: Double, seed: UInt64) {
    // Another sequence than that of the evaluations.
    let design = NestedDesign(
      playerCount: playerCount, kernelWidth: kernelWidth, most: Self.draws,
      seed: seed ^ 0x5851_f42d_4c95_7f2d)
    coalitions = design.coalitions
    weights = design.weights(first: coalitions.count).weights
    moments = RemovalMoments(design.law)
    isComplete = design.isComplete
  }

  /// The limit of a function, and what the squared standard error of a coefficient is.
  ///
  /// The limit is linear in the function: that of `near`, a linear one, is itself, and only the
  /// difference is simulated (a control variate).
  ///
  /// - Complexity: 2¹⁷ values of the function, and O(*n*) operations for each.
  func limit(
    of function: (Coalitions) -> [Double], near linear: LimeLimit
  ) -> (limit: LimeLimit, variance: Double) {
    let rows = SignRows(coalitions)
    let halves = linear.coefficients.map { $0 / 2 }
    let base = linear.intercept + pairwiseSum(halves)
    let rest = zip(function(coalitions), rows.product(with: halves)).map { $0 - $1 - base }
    let weighted = zip(weights, rest).map { $0 * $1 }
    let mean = pairwiseSum(weighted)
    // (mean + Σ w r z)/2 is the sum of w r over the coalitions with the player.
    let sums = rows.transposedProduct(with: weighted)
    let limit = moments.limit(mean: mean, presenceMeans: sums.map { (mean + $0) / 2 })
    let square = pairwiseSum(zip(weighted, rest).map { $0 * $1 })
    return (
      limit.adding(linear, times: 1),
      isComplete ? 0 : moments.coefficientVariance(meanSquare: square, draws: rest.count)
    )
  }
}

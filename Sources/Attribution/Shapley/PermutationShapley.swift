/// Shapley values by antithetic permutation sampling: means of what players add in random orders,
/// each order walked forward and back.
///
/// J. Castro, D. Gómez, J. Tejada: "Polynomial calculation of the Shapley value based on sampling",
/// Computers & Operations Research 36(5), 2009, with antithetic pairs after R. Mitchell, J. Cooper,
/// E. Frank, G. Holmes: "Sampling permutations for Shapley value estimation", JMLR 23, 2022.
///
/// Estimates are unbiased and their sum is v(N) − v(∅) in every order. One pair of walks makes
/// games with interactions of at most two players exact. Standard errors are those of the mean over
/// pairs of walks, from two pairs on, enlarged where these are few (`RunningMoments`).
public struct PermutationShapley: ShapleyEstimator {
  /// The most distinct coalitions to evaluate, ∅ and N included: 2 and 2*n* − 2 for each pair of
  /// walks.
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

  /// Estimates of the Shapley values of `game`; exact for at most two players.
  ///
  /// Coalitions that come up in several orders are evaluated once and counted once. They do not
  /// make room for more orders: the number of orders must not depend on which are drawn, or the
  /// mean would be biased.
  ///
  /// - Throws: ``ShapleyError/budgetBelowMinimum(estimator:budget:minimum:playerCount:)`` below
  ///   2*n* (or 2ⁿ) evaluations, ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and
  ///   whatever the game throws.
  /// - Complexity: at most `budget` evaluations, and as many operations for each output.
  public func values(of game: any Game) throws -> ShapleyValues {
    let n = game.playerCount
    try kind.check(budget: budget, playerCount: n)
    guard n > 2 else { return try ExactShapley.enumerated(game, for: kind, batchSize: batchSize) }
    let walks = (budget - 2) / (2 * n - 2)
    var generator = SplitMix64(seed: seed)
    let orders = (0..<walks).map { _ in randomOrder(of: n, using: &generator) }
    let prefixes = OrderPrefixes(orders: orders, playerCount: n)
    let evaluated = try PairValues(of: prefixes.distinct, in: game, batchSize: batchSize)

    var means: [[Double]] = []
    var errors: [[Double]] = []
    for output in 0..<game.outputCount {
      var moments = RunningMoments(count: n)
      let grand = evaluated.grandValues[output] - evaluated.emptyValues[output]
      for (walk, order) in orders.enumerated() {
        // Backwards, the player at a place is added to the complement of the prefix that ends with
        // it. The mean of both marginals is half the growth of v(S) − v(N∖S) along the order, from
        // −Δ to Δ for Δ = v(N) − v(∅).
        var marginals = [Double](repeating: 0, count: n)
        var before = -grand
        for (place, player) in order.enumerated() {
          let after =
            place == n - 1
            ? grand : prefixes.difference(walk, place, evaluated.differences[output])
          marginals[player] = (after - before) / 2
          before = after
        }
        moments.add(marginals)
      }
      means.append(moments.means)
      errors.append(moments.standardErrors)
    }
    return ShapleyValues(
      estimator: kind, isExact: false,
      emptyValues: evaluated.emptyValues, grandValues: evaluated.grandValues,
      values: means, standardErrors: walks > 1 ? errors : nil,
      evaluations: 2 + 2 * prefixes.distinct.count, pool: evaluated.pool)
  }
}

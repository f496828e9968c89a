/// Gradient boosted trees fitted to a game, cross-fitted over pairs of complementary coalitions.
///
/// J. Friedman: "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29, 2001. Trees see
/// thresholds and rules of many words, which smooth kernels learn slowly, and their Shapley values have closed forms.
package struct BoostedTrees {
  private static let folds = 8
  private static let rounds = 200
  private static let rate = 0.1
  /// The most pairs that are learnt, times players.
  private static let size = 250_000
  /// Boosting ends when so many rounds gained nothing.
  private static let patience = 20
  /// So many rounds show whether trees come near another surrogate; so many times its squares are not worth the rest.
  private static let trial = 40
  private static let hopeless = 8.0
  /// Trees that leave more than this of the squares are none.
  private static let gain = 0.98

  /// φ of the mean of the folds' models.
  package let values: [Double]
  /// (v(S) − v(N∖S)) / 2 of each pair as the mean of the models has it.
  package let fitted: [Double]
  /// The same as the model has it that did not see the pair.
  package let heldOut: [Double]

  /// Fits v(S), given as `present`, and v(N∖S) of each pair; fails where no tree gains, or where few of the pairs could
  /// be learnt.
  ///
  /// - Parameter others: What the best other surrogate misses of each pair that it did not know: trees that are far
  ///   behind it are given up early.
  /// - Complexity: O(*P* *n*) operations for the *P* ≤ 250,000/*n* pairs that are learnt, and O(*P*) for all, some
  ///   hundred times.
  package init?(
    coalitions: Coalitions, present: [Double], absent: [Double], others: [Double]
  ) {
    let n = coalitions.playerCount
    let count = min(coalitions.count, Self.size / max(1, n))
    guard count >= 4 * Self.folds, count > 2 * n else { return nil }
    let halves = zip(present, absent).map { ($0 - $1) / 2 }
    var both = coalitions.prefix(count)
    for pair in 0..<count { both.appendComplement(of: coalitions[pair]) }
    let known = others.prefix(count).reduce(0) { $0 + $1 * $1 }
    let values = present.prefix(count) + absent.prefix(count)
    let mean = values.reduce(0, +) / Double(2 * count)
    var residuals = [[Double]](repeating: values.map { $0 - mean }, count: Self.folds)
    /// What is odd of a model's residuals at a pair.
    func oddResidual(_ residuals: [[Double]], _ fold: Int, _ pair: Int) -> Double {
      (residuals[fold][pair] - residuals[fold][pair + count]) / 2
    }
    func heldOutSquares(_ residuals: [[Double]]) -> Double {
      (0..<count).reduce(0.0) { sum, pair in
        let residual = oddResidual(residuals, pair % Self.folds, pair)
        return sum + residual * residual
      }
    }
    var trees = [[RegressionTree]](repeating: [], count: Self.folds)
    let start = heldOutSquares(residuals)
    var best = (squares: start, rounds: 0, residuals: residuals)
    for round in 0..<Self.rounds {
      for fold in 0..<Self.folds {
        var rows: [Int32] = []
        for row in 0..<2 * count where row % count % Self.folds != fold { rows.append(Int32(row)) }
        let tree = RegressionTree(coalitions: both, values: residuals[fold], rows: &rows)
        for row in 0..<2 * count { residuals[fold][row] -= Self.rate * tree.value(both[row]) }
        trees[fold].append(tree)
      }
      let squares = heldOutSquares(residuals)
      if squares < best.squares { best = (squares, round + 1, residuals) }
      if round + 1 == Self.trial, best.squares > Self.hopeless * known { return nil }
      if round + 1 >= best.rounds + Self.patience { break }
    }
    guard best.squares < min(Self.gain * start, Self.hopeless * known) else { return nil }

    let chosen = trees.flatMap { $0.prefix(best.rounds) }
    let factor = Self.rate / Double(Self.folds)
    var phi = [Double](repeating: 0, count: n)
    for tree in chosen { tree.addShapleyValues(factor, to: &phi) }
    self.values = phi
    let others = coalitions.suffix(from: count)
    let complements = others.complements
    let beyond = others.indices.map { pair in
      factor
        * chosen.reduce(0.0) { $0 + ($1.value(others[pair]) - $1.value(complements[pair])) / 2 }
    }
    heldOut =
      (0..<count).map { halves[$0] - oddResidual(best.residuals, $0 % Self.folds, $0) } + beyond
    fitted =
      (0..<count).map { pair in
        (0..<Self.folds).reduce(0.0) { sum, fold in
          sum + (halves[pair] - oddResidual(best.residuals, fold, pair)) / Double(Self.folds)
        }
      } + beyond
  }

  /// The trees as a surrogate of (v(S) − v(N∖S)) / 2.
  func candidate(for halves: [Double]) -> SurrogateCandidate {
    SurrogateCandidate(
      values: values, residuals: zip(halves, fitted).map { $0 - $1 },
      heldOut: zip(halves, heldOut).map { $0 - $1 })
  }
}

/// Gradient boosted trees fitted to a game, cross-fitted over pairs of complementary coalitions.
///
/// J. Friedman: "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29, 2001. Trees see
/// thresholds and rules of many words, which smooth kernels learn slowly, and their Shapley values have closed forms.
package struct BoostedTrees {
  private static let folds = 5
  private static let rounds = 120
  private static let rate = 0.15
  /// Boosting ends when so many rounds gained nothing.
  private static let patience = 15

  /// φ of the mean of the folds' models.
  package let values: [Double]
  /// (v(S) − v(N∖S)) / 2 of each pair as the mean of the models has it.
  package let fitted: [Double]
  /// The same as the model has it that did not see the pair.
  package let heldOut: [Double]

  /// Fits v(S), given as `present`, and v(N∖S) of each pair; fails where no tree gains.
  ///
  /// - Complexity: O(*P* *n*) operations for *P* pairs, a few thousand times.
  package init?(coalitions: Coalitions, present: [Double], absent: [Double]) {
    let halves = zip(present, absent).map { ($0 - $1) / 2 }
    let n = coalitions.playerCount
    let count = coalitions.count
    guard count >= 4 * Self.folds else { return nil }
    var both = coalitions
    for pair in 0..<count { both.appendComplement(of: coalitions[pair]) }
    let mean = (present.reduce(0, +) + absent.reduce(0, +)) / Double(2 * count)
    let all = (present + absent).map { $0 - mean }
    var residuals = [[Double]](repeating: all, count: Self.folds)
    var trees = [[RegressionTree]](repeating: [], count: Self.folds)
    func square(_ residuals: [[Double]]) -> Double {
      (0..<count).reduce(0.0) { sum, pair in
        // What is odd of the models counts.
        let r =
          (residuals[pair % Self.folds][pair] - residuals[pair % Self.folds][pair + count]) / 2
        return sum + r * r
      }
    }
    let start = square(residuals)
    var best = (square: start, rounds: 0, residuals: residuals)
    for round in 0..<Self.rounds {
      for fold in 0..<Self.folds {
        var rows: [Int32] = []
        for row in 0..<2 * count where row % count % Self.folds != fold { rows.append(Int32(row)) }
        let tree = RegressionTree(coalitions: both, values: residuals[fold], rows: &rows)
        for row in 0..<2 * count { residuals[fold][row] -= Self.rate * tree.value(both[row]) }
        trees[fold].append(tree)
      }
      let now = square(residuals)
      if now < best.square { best = (now, round + 1, residuals) }
      if round + 1 >= best.rounds + Self.patience { break }
    }
    guard best.square < 0.98 * start else { return nil }
    var phi = [Double](repeating: 0, count: n)
    for fold in trees {
      for tree in fold.prefix(best.rounds) {
        tree.addShapleyValues(Self.rate / Double(Self.folds), to: &phi)
      }
    }
    values = phi
    func model(_ fold: Int, _ pair: Int) -> Double {
      halves[pair] - (best.residuals[fold][pair] - best.residuals[fold][pair + count]) / 2
    }
    heldOut = (0..<count).map { model($0 % Self.folds, $0) }
    fitted = (0..<count).map { pair in
      (0..<Self.folds).reduce(0.0) { $0 + model($1, pair) } / Double(Self.folds)
    }
  }

  /// The trees as a surrogate of (v(S) − v(N∖S)) / 2.
  func candidate(for halves: [Double]) -> SurrogateCandidate {
    SurrogateCandidate(
      values: values, residuals: zip(halves, fitted).map { $0 - $1 },
      heldOut: zip(halves, heldOut).map { $0 - $1 })
  }
}

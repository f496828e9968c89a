/// Weighted least squares of the differences v(S) − v(N∖S) on the signs of the players, with a
/// fixed sum.
///
/// With zᵢ = +1 where player *i* is in S and −1 elsewhere, minimises
/// Σ_S w_S (v(S) − v(N∖S) − Σᵢ zᵢ φᵢ)² subject to Σφ = v(N) − v(∅). The even part of a game, which
/// no Shapley value depends on, is gone from such differences; what remains is fitted without an
/// intercept. F. Fumagalli, R. T. Witter, C. Musco: "PolySHAP", ICLR 2026,
/// https://arxiv.org/abs/2601.18608, show that this equals a fit with all interactions of two
/// players.
struct PairedLeastSquares {
  private let rows: SignRows
  private let weights: [Double]
  private let factor: Cholesky
  /// A⁻¹ 1 for the factored A, and the sum of it.
  private let ones: [Double]
  private let onesSum: Double

  /// Factors the normal equations; fails where the pairs do not determine the values.
  ///
  /// - Complexity: about *P* *n*²/16 + *n*³/3 operations for *P* pairs.
  init?(coalitions: Coalitions, weights: [Double]) {
    rows = SignRows(coalitions)
    let n = coalitions.playerCount
    let total = weights.reduce(0, +)
    self.weights = weights.map { $0 / total }
    var gram = rows.gram(weights: self.weights)
    // A multiple of (Σφ)² changes nothing where Σφ is fixed, and makes the matrix definite in that
    // direction too. All diagonal elements of the Gram matrix are 1.
    for i in 0..<n {
      for k in 0...i { gram[i, k] += 1 / Double(n) }
    }
    guard let factor = Cholesky(gram, tolerance: 1e-9) else { return nil }
    self.factor = factor
    ones = factor.solve([Double](repeating: 1, count: n))
    onesSum = ones.reduce(0, +)
  }

  /// The fitted values and what they leave of `differences`.
  func fit(_ differences: [Double], sum: Double) -> (values: [Double], residuals: [Double]) {
    let n = ones.count
    let share = sum / Double(n)
    let equal = rows.product(with: [Double](repeating: share, count: n))
    var weighted = differences
    for row in weighted.indices { weighted[row] = weights[row] * (weighted[row] - equal[row]) }
    let free = factor.solve(rows.transposedProduct(with: weighted))
    let multiplier = free.reduce(0, +) / onesSum
    let values = (0..<n).map { share + (free[$0] - multiplier * ones[$0]) }
    var residuals = rows.product(with: values)
    for row in residuals.indices { residuals[row] = differences[row] - residuals[row] }
    return (values, residuals)
  }

  /// The standard errors of the values whose fits left `residuals`, one row an output.
  ///
  /// The sandwich estimator HC3 (J. MacKinnon, H. White, J. Econometrics 29, 1985) with a
  /// finite-population factor: Var φᵢ = Σ_S (1 − π_S) (w_S e_S (M z_S)ᵢ / (1 − h_S))², where M is
  /// the inverse of the constrained normal equations, h_S = w_S z_Sᵀ M z_S the leverage and π_S the
  /// probability that the pair was drawn.
  ///
  /// - Complexity: about *P* *n*²/8 + *n*³ operations for *P* pairs.
  func standardErrors(residuals: [[Double]], inclusion: [Double]) -> [[Double]] {
    let n = ones.count
    var inverse = factor.inverse()
    for i in 0..<n {
      for k in 0..<n { inverse[i, k] -= ones[i] * ones[k] / onesSum }
    }
    let lanes = SignProduct.lanes(n)
    var variances = residuals.map { _ in
      [SignProduct.Lane](repeating: .zero, count: lanes)
    }
    rows.forEachRow(ofProductWith: inverse) { row, influence in
      var product = SignProduct.Lane.zero
      for lane in 0..<lanes {
        product += influence[influence.startIndex + lane] * rows.signs(row, lane)
      }
      // A pair that alone determines a value has leverage 1 and residual 0, both up to rounding.
      let free = max(1 - weights[row] * product.sum(), 1e-3)
      for output in residuals.indices {
        let score = weights[row] * residuals[output][row] / free
        let factor = (1 - inclusion[row]) * score * score
        for lane in 0..<lanes {
          let value = influence[influence.startIndex + lane]
          variances[output][lane] += value * value * factor
        }
      }
    }
    return variances.map { variance in
      (0..<n).map { variance[$0 >> 3][$0 & 7].squareRoot() }
    }
  }
}

/// Weighted least squares of values on the presence of players, with an intercept, and what its
/// residuals tell of its error.
///
/// Works with the signs zᵢ = ±1 of the players: β is twice the coefficient of zᵢ.
struct PresenceLeastSquares {
  private let rows: SignRows
  /// They add up to 1.
  private let weights: [Double]
  private let means: [Double]
  private let factor: Cholesky
  /// Whether a ridge penalty was needed to determine the coefficients.
  let isPenalised: Bool

  /// The penalty where one is needed, as a part of the mean variance of a column.
  private static let penalty = 1e-3

  /// Factors the normal equations; fails where no column varies.
  ///
  /// - Parameter minimumRows: With fewer rows there is a penalty even where they would do.
  /// - Complexity: about *m* *n*²/16 + *n*³/3 operations.
  init?(coalitions: Coalitions, weights: [Double], minimumRows: Int) {
    rows = SignRows(coalitions)
    let total = pairwiseSum(weights)
    guard total > 0 else { return nil }
    self.weights = weights.map { $0 / total }
    means = rows.transposedProduct(with: self.weights)
    let n = coalitions.playerCount
    var gram = rows.gram(weights: self.weights)
    var trace = 0.0
    for i in 0..<n {
      for k in 0...i { gram[i, k] -= means[i] * means[k] }
      trace += gram[i, i]
    }
    if coalitions.count >= minimumRows, let factor = Cholesky(gram, tolerance: 1e-9) {
      self.factor = factor
      isPenalised = false
      return
    }
    for i in 0..<n { gram[i, i] += Self.penalty * trace / Double(n) }
    guard let factor = Cholesky(gram) else { return nil }
    self.factor = factor
    isPenalised = true
  }

  /// The coefficients of presence with the intercept, and what they leave of `values`.
  func fit(_ values: [Double]) -> (limit: LimeLimit, residuals: [Double]) {
    let n = means.count
    var slopes = [Double](repeating: 0, count: n)
    var residuals = values
    var mean = 0.0
    // What rounding leaves in the residuals is taken out in a second round.
    for _ in 0..<(isPenalised ? 1 : 2) {
      let rest = weightedMean(residuals)
      mean += rest
      for row in residuals.indices { residuals[row] -= rest }
      var weighted = residuals
      for row in weighted.indices { weighted[row] *= weights[row] }
      let change = factor.solve(rows.transposedProduct(with: weighted))
      for i in 0..<n { slopes[i] += change[i] }
      let centre = innerProduct(means, change)
      let predictions = rows.product(with: change)
      for row in residuals.indices { residuals[row] -= predictions[row] - centre }
    }
    let intercept = mean - innerProduct(means, slopes) - pairwiseSum(slopes)
    return (LimeLimit(coefficients: slopes.map { 2 * $0 }, intercept: intercept), residuals)
  }

  /// What coefficients of presence and an intercept leave of `values`.
  func residuals(of limit: LimeLimit, in values: [Double]) -> [Double] {
    // (1 + z)/2 is the presence.
    let halves = limit.coefficients.map { $0 / 2 }
    let base = limit.intercept + pairwiseSum(halves)
    let predictions = rows.product(with: halves)
    return values.indices.map { values[$0] - base - predictions[$0] }
  }

  /// The weighted mean square.
  func meanSquare(of values: [Double]) -> Double {
    var sum = 0.0
    for row in values.indices { sum += weights[row] * values[row] * values[row] }
    return sum
  }

  /// The leave-one-out residuals to the residuals of fits, one row an output.
  ///
  /// - Complexity: about *m* *n*²/8 + *n*³ operations.
  func leaveOneOut(_ residuals: [[Double]]) -> [[Double]] {
    errors(of: residuals, inclusion: Array(repeating: 1, count: weights.count)).leaveOneOut
  }

  /// What the residuals of fits, one row an output, tell of their errors.
  ///
  /// Leave-one-out residuals are e/(1 − h), with the leverage h. Standard errors come from the
  /// sandwich estimator HC3 (J. MacKinnon, H. White, J. Econometrics 29, 1985) with a
  /// finite-population factor: Var βᵢ = Σ_S (1 − π_S) (w_S e_S (M z_S)ᵢ / (1 − h_S))², where M is
  /// the inverse of the centred normal equations and π_S the probability that S was drawn.
  ///
  /// - Complexity: about *m* *n*²/8 + *n*³ operations.
  func errors(
    of residuals: [[Double]], inclusion: [Double]
  ) -> (leaveOneOut: [[Double]], standardErrors: [[Double]]) {
    let n = means.count
    let inverse = factor.inverse()
    let lanes = SignProduct.lanes(n)
    let centre = padded(inverse.multiplied(by: means), lanes)
    let middle = padded(means, lanes)
    var leaveOneOut = residuals
    var variances = residuals.map { _ in [SignProduct.Lane](repeating: .zero, count: lanes) }
    var influence = [SignProduct.Lane](repeating: .zero, count: lanes)
    rows.forEachRow(ofProductWith: inverse) { row, product in
      var sum = SignProduct.Lane.zero
      for lane in 0..<lanes {
        influence[lane] = product[product.startIndex + lane] - centre[lane]
        sum += influence[lane] * (rows.signs(row, lane) - middle[lane])
      }
      // A row that alone determines a coefficient has leverage 1 and residual 0, up to rounding.
      let free = max(1 - weights[row] * (1 + sum.sum()), 1e-3)
      for output in residuals.indices {
        leaveOneOut[output][row] /= free
        let score = weights[row] * leaveOneOut[output][row]
        let factor = (1 - inclusion[row]) * score * score
        for lane in 0..<lanes {
          variances[output][lane] += influence[lane] * influence[lane] * factor
        }
      }
    }
    let standardErrors = variances.map { variance in
      (0..<n).map { 2 * variance[$0 >> 3][$0 & 7].squareRoot() }
    }
    return (leaveOneOut, standardErrors)
  }

  /// The weighted R² of a fit that left `residuals` of `values`; 1 where they do not vary.
  func fidelity(of residuals: [Double], to values: [Double]) -> Double {
    let mean = weightedMean(values)
    return quotient(residuals) { values[$0] - mean }
  }

  /// The weighted R² by leave-one-out residuals, against the mean of the other rows.
  func heldOutFidelity(of leaveOneOut: [Double], to values: [Double]) -> Double {
    let mean = weightedMean(values)
    return quotient(leaveOneOut) { (values[$0] - mean) / max(1 - weights[$0], 1e-3) }
  }

  /// (Σw)²/Σw², the number of rows of equal weight that would tell as much (Kish, 1965).
  var effectiveCount: Double { 1 / innerProduct(weights, weights) }

  private func quotient(_ residuals: [Double], _ deviation: (Int) -> Double) -> Double {
    var left = 0.0
    var total = 0.0
    for row in residuals.indices {
      left += weights[row] * residuals[row] * residuals[row]
      total += weights[row] * deviation(row) * deviation(row)
    }
    return total > 0 ? 1 - left / total : 1
  }

  private func weightedMean(_ values: [Double]) -> Double { innerProduct(weights, values) }

  private func padded(_ values: [Double], _ lanes: Int) -> [SignProduct.Lane] {
    var padded = [SignProduct.Lane](repeating: .zero, count: lanes)
    for index in values.indices { padded[index >> 3][index & 7] = values[index] }
    return padded
  }
}

/// The inner product, summed in order.
private func innerProduct(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

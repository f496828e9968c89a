/// Weighted ridge regression with an unpenalised intercept on columns of zeros and ones.
///
/// With weighted means x̄ and ȳ, the coefficients β solve (Xcᵀ W Xc + αI) β = Xcᵀ W (y − ȳ), where
/// Xc = X − 1x̄ᵀ, and the intercept is ȳ − x̄ᵀβ. The matrix is never formed where conjugate
/// gradients do; see ``fit(_:penalty:)``.
package struct WeightedRidge: Sendable {
  /// The regression's coefficients and intercept.
  package struct Fit: Sendable, Equatable {
    /// One coefficient a column.
    package let coefficients: [Double]
    /// The prediction for a row of zeros.
    package let intercept: Double
  }

  let design: PresenceMatrix
  let weights: [Double]
  let totalWeight: Double
  /// The weighted mean of each column.
  let columnMeans: [Double]

  /// Prepares a regression on `design` with one non-negative weight a row, not all of them 0.
  package init(design: PresenceMatrix, weights: [Double]) {
    precondition(design.rowCount == weights.count)
    self.design = design
    self.weights = weights
    var total = 0.0
    for weight in weights { total += weight }
    precondition(total > 0)
    totalWeight = total
    columnMeans = design.transposedProduct(with: weights).map { $0 / total }
  }

  /// Fits every one of `targets`, which has one number a row, with the penalty α > 0.
  ///
  /// Conjugate gradients first, which take few steps where there are several times more rows than
  /// columns; targets they do not settle share one Cholesky factor of the matrix.
  ///
  /// - Throws: ``LimeError/singular`` if the matrix is not numerically positive definite.
  package func fit(_ targets: [[Double]], penalty: Double) throws(LimeError) -> [Fit] {
    var factor: Cholesky?
    var fits: [Fit] = []
    for target in targets {
      if let fit = fitIteratively(target, penalty: penalty) {
        fits.append(fit)
        continue
      }
      let shared: Cholesky
      if let factor { shared = factor } else { shared = try self.factor(penalty: penalty) }
      factor = shared
      fits.append(makeFit(shared.solve(rightSide(target)), target))
    }
    return fits
  }

  /// The weighted mean of one number a row.
  package func mean(_ values: [Double]) -> Double {
    var sum = 0.0
    for row in values.indices { sum += weights[row] * values[row] }
    return sum / totalWeight
  }

  /// The weighted R² of a fit: 1 − Σ w (y − ŷ)² / Σ w (y − ȳ)², or 1 where the weighted targets do
  /// not vary.
  package func fidelity(of fit: Fit, to target: [Double]) -> Double {
    let predictions = design.product(with: fit.coefficients)
    let mean = mean(target)
    var residual = 0.0
    var total = 0.0
    for row in target.indices {
      let error = target[row] - (predictions[row] + fit.intercept)
      let deviation = target[row] - mean
      residual += weights[row] * error * error
      total += weights[row] * deviation * deviation
    }
    return total > 0 ? 1 - residual / total : 1
  }

  /// Xcᵀ W (y − ȳ).
  func rightSide(_ target: [Double]) -> [Double] {
    let mean = mean(target)
    var weighted = [Double](repeating: 0, count: target.count)
    var sum = 0.0
    for row in target.indices {
      weighted[row] = weights[row] * (target[row] - mean)
      sum += weighted[row]
    }
    var product = design.transposedProduct(with: weighted)
    // The sum would be 0 but for the rounding of ȳ, which weighs when ȳ is large beside y − ȳ.
    for column in product.indices { product[column] -= columnMeans[column] * sum }
    return product
  }

  /// The fit with the given coefficients, whose intercept follows from them.
  func makeFit(_ coefficients: [Double], _ target: [Double]) -> Fit {
    var intercept = mean(target)
    for column in coefficients.indices { intercept -= columnMeans[column] * coefficients[column] }
    return Fit(coefficients: coefficients, intercept: intercept)
  }
}

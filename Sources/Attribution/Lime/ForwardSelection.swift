/// Greedy choice of the columns that explain a target best by unpenalised weighted least squares.
///
/// At each step the column is taken that raises the weighted R² most, the first of equals.
/// Orthogonalising the others against it (a pivoted Cholesky factorisation) leaves every column's
/// gain as one quotient, so a step needs one column of the Gram matrix instead of a regression for
/// every candidate.
package struct ForwardSelection {
  /// The columns taken, in the order of being taken.
  package private(set) var selected: [Int] = []

  /// Chooses `count` columns of `ridge.design`, at most all.
  ///
  /// - Complexity: O(`count` (*m* + `count`) *n*) arithmetic.
  package init(_ ridge: WeightedRidge, target: [Double], count: Int) {
    var covariance = ridge.rightSide(target)
    var variance = ridge.columnMeans.map { ridge.totalWeight * $0 * (1 - $0) }
    let initialVariance = variance
    var basis: [[Double]] = []
    for _ in 0..<min(count, variance.count) {
      var best: (column: Int, gain: Double)?
      for column in variance.indices where !selected.contains(column) {
        // What is left of a column that others determine is rounding error: it gains nothing.
        let isNew = variance[column] > 1e-12 * initialVariance[column]
        let gain = isNew ? covariance[column] * covariance[column] / variance[column] : 0
        if gain > best?.gain ?? -1 { best = (column, gain) }
      }
      guard let chosen = best?.column else { return }
      selected.append(chosen)
      guard variance[chosen] > 1e-12 * initialVariance[chosen] else { continue }

      var direction = ridge.centredProducts(withColumn: chosen)
      for earlier in basis {
        for column in direction.indices { direction[column] -= earlier[column] * earlier[chosen] }
      }
      let root = variance[chosen].squareRoot()
      let share = covariance[chosen] / root
      for column in direction.indices {
        direction[column] /= root
        variance[column] -= direction[column] * direction[column]
        covariance[column] -= direction[column] * share
      }
      basis.append(direction)
    }
  }
}

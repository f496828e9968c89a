extension WeightedRidge {
  /// Fits `target` by Cholesky factorisation alone.
  ///
  /// - Throws: ``LimeError/singular`` if the matrix is not numerically positive definite.
  package func fitDirectly(_ target: [Double], penalty: Double) throws(LimeError) -> Fit {
    makeFit(try factor(penalty: penalty).solve(rightSide(target)), target)
  }

  /// The Cholesky factor of Xcᵀ W Xc + αI.
  ///
  /// - Complexity: O(*m* *n*² + *n*³) arithmetic.
  func factor(penalty: Double) throws(LimeError) -> Cholesky {
    let n = design.columnCount
    var gram = SquareMatrix(order: n)
    for column in 0..<n {
      let products = centredProducts(withColumn: column)
      gram.values.replaceSubrange(column * n..<(column + 1) * n, with: products)
      gram[column, column] += penalty
    }
    guard let factor = Cholesky(gram) else { throw .singular }
    return factor
  }

  /// Column `column` of Xcᵀ W Xc.
  func centredProducts(withColumn column: Int) -> [Double] {
    var weighted = [Double](repeating: 0, count: weights.count)
    for row in weights.indices {
      let value = design.contains(row: row, column: column) ? 1.0 : 0.0
      weighted[row] = weights[row] * (value - columnMeans[column])
    }
    // These numbers add to 0, so that X in place of Xc gives the same.
    return design.transposedProduct(with: weighted)
  }
}

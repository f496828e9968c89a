extension WeightedRidge {
  /// Fits `target` by preconditioned conjugate gradients alone.
  ///
  /// The answer is `nil` if max(100, *n*) steps, after which the direct solver is no dearer, do not
  /// bring the residual to 1e-13 of its first length, both measured by the preconditioner.
  ///
  /// - Complexity: O(*m* *n*) arithmetic a step, with a constant of 1/4 table look-ups.
  package func fitIteratively(_ target: [Double], penalty: Double) -> Fit? {
    solve(rightSide(target), penalty: penalty).map { makeFit($0, target) }
  }

  private func solve(_ right: [Double], penalty: Double) -> [Double]? {
    let preconditioner = EquicorrelatedPreconditioner(self, penalty: penalty)
    var solution = [Double](repeating: 0, count: right.count)
    var residual = right
    var conditioned = preconditioner.solve(residual)
    var direction = conditioned
    var norm = dot(residual, conditioned)
    guard norm > 0 else { return norm == 0 ? solution : nil }
    let goal = 1e-26 * norm
    for _ in 0..<Swift.max(100, right.count) {
      let image = product(direction, penalty: penalty)
      let curvature = dot(direction, image)
      guard curvature > 0 else { return nil }
      let step = norm / curvature
      for column in solution.indices {
        solution[column] += step * direction[column]
        residual[column] -= step * image[column]
      }
      conditioned = preconditioner.solve(residual)
      let next = dot(residual, conditioned)
      if next <= goal { return solution }
      let ratio = next / norm
      for column in direction.indices {
        direction[column] = conditioned[column] + ratio * direction[column]
      }
      norm = next
    }
    return nil
  }

  /// (Xcᵀ W Xc + αI) v.
  private func product(_ vector: [Double], penalty: Double) -> [Double] {
    let centre = dot(columnMeans, vector)
    var image = design.product(with: vector)
    for row in image.indices { image[row] = weights[row] * (image[row] - centre) }
    // The numbers of `image` add to 0, so that X in place of Xc gives the same.
    var product = design.transposedProduct(with: image)
    for column in product.indices { product[column] += penalty * vector[column] }
    return product
  }
}

extension WeightedRidge {
  /// The solution of (Xcᵀ W Xc + αI) β = `right`, or `nil` if 100 steps do not bring the preconditioned norm of the
  /// residual to 1e-12 of its first value.
  ///
  /// - Complexity: O(*m* *n*) arithmetic a step.
  func conjugateGradients(
    _ right: [Double], penalty: Double, preconditioner: EquicorrelatedPreconditioner
  ) -> [Double]? {
    var solution = [Double](repeating: 0, count: right.count)
    var residual = right
    var conditioned = preconditioner.solve(residual)
    var direction = conditioned
    var norm = dot(residual, conditioned)
    guard norm > 0 else { return norm == 0 ? solution : nil }
    let goal = 1e-24 * norm
    for _ in 0..<100 {
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
    var product = centredTransposedProduct(image)
    for column in product.indices { product[column] += penalty * vector[column] }
    return product
  }
}

/// The matrix aI + b11ᵀ with the trace of Xcᵀ W Xc + αI and its value along the vector of ones.
///
/// Where all players are drawn alike the expected matrix has this form. Its one large eigenvalue, which comes from the
/// varying number of present players, would cost conjugate gradients steps.
struct EquicorrelatedPreconditioner: Sendable {
  /// The eigenvalue along the ones, and that of everything orthogonal to them.
  private let along: Double
  private let across: Double

  init(_ ridge: WeightedRidge, penalty: Double) {
    let n = Double(ridge.columnMeans.count)
    let sizes = ridge.design.product(
      with: Array(repeating: 1, count: ridge.columnMeans.count))
    let meanSize = ridge.mean(sizes)
    var spread = 0.0
    for row in sizes.indices {
      spread += ridge.weights[row] * (sizes[row] - meanSize) * (sizes[row] - meanSize)
    }
    var trace = 0.0
    for mean in ridge.columnMeans { trace += ridge.totalWeight * mean * (1 - mean) }
    along = spread / n + penalty
    across = n > 1 ? Swift.max(0, trace - spread / n) / (n - 1) + penalty : along
  }

  /// The inverse's product with `vector`.
  func solve(_ vector: [Double]) -> [Double] {
    var sum = 0.0
    for value in vector { sum += value }
    let shift = (1 / along - 1 / across) * (sum / Double(vector.count))
    return vector.map { $0 / across + shift }
  }
}

/// The inner product, summed in order.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

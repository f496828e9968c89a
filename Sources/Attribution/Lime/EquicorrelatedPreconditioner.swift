/// The matrix aI + b11ᵀ with the trace of Xcᵀ W Xc + αI and its value along the vector of ones.
///
/// Where all players are drawn alike the expected matrix has this form. Its one large eigenvalue,
/// which comes from the varying number of present players, would cost conjugate gradients steps.
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

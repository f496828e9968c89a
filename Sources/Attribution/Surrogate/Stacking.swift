/// Weights for several predictions of the same numbers.
package enum Stacking {
  private static let sweeps = 50
  /// Smaller weights are none: what has them costs more than it tells.
  private static let smallest = 0.02

  /// The weights, none negative and 1 in all, that minimise the squares of the weighted sum of held-out residuals,
  /// but for small ones that are given to the others.
  ///
  /// D. Wolpert: "Stacked generalization", Neural Networks 5, 1992; L. Breiman: "Stacked regressions", Machine
  /// Learning 24, 1996.
  ///
  /// - Parameter residuals: One row a prediction.
  package static func weights(_ residuals: [[Double]]) -> [Double] {
    let products = residuals.map { row in residuals.map { dot(row, $0) } }
    var weights = residuals.map { _ in 0.0 }
    guard let best = residuals.indices.min(by: { products[$0][$0] < products[$1][$1] }) else {
      return []
    }
    weights[best] = 1
    // Weight moves between two predictions at a time, until none gains.
    for _ in 0..<sweeps {
      var moved = 0.0
      for i in residuals.indices {
        for j in 0..<i {
          let curvature = products[i][i] - 2 * products[i][j] + products[j][j]
          guard curvature > 0 else { continue }
          let slope = dot(products[i], weights) - dot(products[j], weights)
          let step = max(-weights[i], min(weights[j], -slope / curvature))
          weights[i] += step
          weights[j] -= step
          moved += abs(step)
        }
      }
      if moved < 1e-6 { break }
    }
    let kept = weights.map { $0 < smallest ? 0 : $0 }
    let sum = kept.reduce(0, +)
    return kept.map { $0 / sum }
  }
}

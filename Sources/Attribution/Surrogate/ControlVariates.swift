/// Estimates that are put right by those of functions whose true values are known.
package enum ControlVariates {
  package typealias Fit = (values: [Double], residuals: [Double])

  /// Controls that others make up but for so little are left out.
  private static let smallestPivot = 1e-4
  /// So are those whose residuals are rounding: less than this of the mean square of what was fitted.
  private static let rounding = 1e-20

  /// The fit of a function, less what the controls' fits of the same coalitions say is amiss with it.
  ///
  /// - Parameters:
  ///   - known: What the values of the controls should be.
  ///   - weights: What the residuals count for.
  /// - Complexity: O(*P* *k*²) operations for *P* residuals and *k* controls.
  package static func fit(_ fit: Fit, controls: [Fit], known: [[Double]], weights: [Double]) -> Fit
  {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for index in weights.indices { sum += weights[index] * a[index] * b[index] }
      return sum
    }
    let total = weights.reduce(0, +)
    var factor = GrowingCholesky()
    var used: [(control: Int, scale: Double)] = []
    for (index, control) in controls.enumerated() {
      let square = product(control.residuals, control.residuals)
      guard square.isFinite,
        square > rounding * total * dot(control.values, control.values)
      else { continue }
      let scale = 1 / square.squareRoot()
      let row = used.map {
        $0.scale * scale * product(controls[$0.control].residuals, control.residuals)
      }
      if factor.append(row, diagonal: 1, smallestPivot: smallestPivot) {
        used.append((index, scale))
      }
    }
    let shares = factor.solve(
      used.map { $0.scale * product(controls[$0.control].residuals, fit.residuals) })
    var (values, residuals) = fit
    for ((index, scale), share) in zip(used, shares) {
      let control = controls[index]
      for player in values.indices {
        values[player] += share * scale * (known[index][player] - control.values[player])
      }
      for row in residuals.indices { residuals[row] -= share * scale * control.residuals[row] }
    }
    return (values, residuals)
  }
}

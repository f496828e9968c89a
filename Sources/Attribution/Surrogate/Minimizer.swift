/// Minimisation of a smooth function of a few variables by L-BFGS.
///
/// J. Nocedal: "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35, 1980.
package enum Minimizer {
  /// A step that gains less is the last one.
  private static let gain = 0.02
  private static let memory = 6

  /// The best point found from `start` on in at most `iterations` steps.
  ///
  /// - Parameter function: The value and the gradient; nil where there is none.
  package static func minimum(
    from start: [Double], iterations: Int, function: ([Double]) -> (Double, [Double])?
  ) -> [Double] {
    guard var (value, gradient) = function(start) else { return start }
    var point = start
    var steps: [(s: [Double], y: [Double], rho: Double)] = []
    for _ in 0..<iterations {
      var direction = newtonDirection(gradient, steps)
      var slope = dot(direction, gradient)
      if slope >= 0 {
        direction = gradient.map { -$0 }
        slope = -dot(gradient, gradient)
        steps = []
      }
      let longest = direction.map { abs($0) }.max() ?? 0
      guard longest > 1e-6, slope < -1e-9 else { break }
      // Parameters are logarithms: a step of 2 is a factor of 7.
      var length = min(1, 2 / longest)
      var next: (point: [Double], value: Double, gradient: [Double])?
      for _ in 0..<12 {
        let candidate = zip(point, direction).map { $0 + length * $1 }
        if let (candidateValue, candidateGradient) = function(candidate),
          candidateValue <= value + 1e-4 * length * slope
        {
          next = (candidate, candidateValue, candidateGradient)
          break
        }
        length /= 3
      }
      guard let next else { break }
      let s = zip(next.point, point).map { $0 - $1 }
      let y = zip(next.gradient, gradient).map { $0 - $1 }
      let curvature = dot(s, y)
      if curvature > 1e-12 { steps.append((s, y, 1 / curvature)) }
      if steps.count > memory { steps.removeFirst() }
      let gain = value - next.value
      (point, value, gradient) = (next.point, next.value, next.gradient)
      if gain < Self.gain { break }
    }
    return point
  }

  /// The two-loop recursion.
  private static func newtonDirection(
    _ gradient: [Double], _ steps: [(s: [Double], y: [Double], rho: Double)]
  ) -> [Double] {
    var q = gradient
    var alphas: [Double] = []
    for step in steps.reversed() {
      let alpha = step.rho * dot(step.s, q)
      alphas.append(alpha)
      for index in q.indices { q[index] -= alpha * step.y[index] }
    }
    if let last = steps.last {
      let scale = 1 / (last.rho * dot(last.y, last.y))
      for index in q.indices { q[index] *= scale }
    }
    for (step, alpha) in zip(steps, alphas.reversed()) {
      let beta = step.rho * dot(step.y, q)
      for index in q.indices { q[index] += (alpha - beta) * step.s[index] }
    }
    return q.map { -$0 }
  }
}

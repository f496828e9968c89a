import Foundation

/// Nodes and weights on [0, 1] that integrate polynomials below degree 2 `count` exactly, by Newton's
/// method on the Legendre polynomial.
func gaussLegendre(_ count: Int) -> [(position: Double, weight: Double)] {
  (0..<count).map { index in
    var x = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
    var slope = 1.0
    for _ in 0..<100 {
      var before = 1.0
      var value = x
      for degree in 1..<max(count, 1) {
        let k = Double(degree)
        (before, value) = (value, ((2 * k + 1) * x * value - k * before) / (k + 1))
      }
      slope = Double(count) * (x * value - before) / (x * x - 1)
      let step = value / slope
      x -= step
      if abs(step) < 1e-16 { break }
    }
    return ((1 + x) / 2, 1 / ((1 - x * x) * slope * slope))
  }
}

import Attribution
import Foundation

extension SplitMix64 {
  /// A standard normal number, by the Box–Muller transform.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }

  /// A standard normal number with probability `density`, and otherwise 0.
  mutating func sparseNormal(density: Double) -> Double {
    let number = normal()
    return unit() < density ? number : 0
  }

  /// A number of Student's t distribution with four degrees of freedom: most weights of a text
  /// classifier are small and a few are large.
  mutating func heavyTailed() -> Double {
    let squares = (0..<4).reduce(0.0) { sum, _ in
      let number = normal()
      return sum + number * number
    }
    return normal() / (squares / 4).squareRoot()
  }

  /// A matrix of normal numbers, row by row.
  mutating func normals(rows: Int, columns: Int, scale: Double) -> [[Double]] {
    (0..<rows).map { _ in (0..<columns).map { _ in scale * normal() } }
  }
}

/// 1 / (1 + e⁻ˣ).
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

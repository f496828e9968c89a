import Foundation

/// What is told of the errors of one estimator at one budget.
struct Summary {
  let median: Double
  let mean: Double
  let ninetieth: Double

  /// - Precondition: There are values.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    median = Self.quantile(0.5, of: sorted)
    ninetieth = Self.quantile(0.9, of: sorted)
    mean = values.reduce(0, +) / Double(values.count)
  }

  /// Linear between order statistics.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
  }
}

/// Errors below count as this in geometric means: they are rounding.
let roundingError = 1e-12

/// exp of the mean logarithm.
func geometricMean(_ values: [Double]) -> Double {
  exp(values.reduce(0) { $0 + log(max($1, roundingError)) } / Double(values.count))
}

/// A number with two digits.
func brief(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  if value == 0 { return "0" }
  if value < 1e-3 || value >= 1000 {
    let parts = String(format: "%.1e", value).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1]) ?? 0)"
  }
  return String(format: value < 1 ? "%.2g" : value < 10 ? "%.1f" : "%.0f", value)
}

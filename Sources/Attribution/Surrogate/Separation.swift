/// Whether the strongest of several values are told apart from the others.
enum Separation {
  /// The two-sided 95 % point of the normal distribution.
  private static let quantile = 1.959964

  /// Whether the `count` values of the largest magnitudes differ from all others by more than their standard errors
  /// explain: |φ₍ₖ₎| − |φ₍ₖ₊₁₎| > 1.96 √(SE₍ₖ₎² + SE₍ₖ₊₁₎²).
  static func isSettled(_ values: [Double], errors: [Double], count: Int) -> Bool {
    guard 0 < count, count < values.count else { return count >= values.count }
    let order = values.indices.sorted { abs(values[$0]) > abs(values[$1]) }
    let (last, next) = (order[count - 1], order[count])
    let error = (errors[last] * errors[last] + errors[next] * errors[next]).squareRoot()
    return abs(values[last]) - abs(values[next]) > quantile * error
  }
}

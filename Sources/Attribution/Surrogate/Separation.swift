/// Whether the strongest of several values are told apart from the others.
package enum Separation {
  /// The two-sided 95 % point of the normal distribution.
  private static let quantile = 1.959964

  /// Whether each of the `count` values of the largest magnitudes differs from each of the others by more than their
  /// standard errors explain, |φᵢ| − |φⱼ| > 1.96 √(SEᵢ² + SEⱼ²); never where there are no others.
  ///
  /// - Complexity: O(`count` · *n*).
  package static func isSettled(_ values: [Double], errors: [Double], count: Int) -> Bool {
    guard 0 < count, count < values.count else { return false }
    let order = values.indices.sorted { abs(values[$0]) > abs(values[$1]) }
    return order.prefix(count).allSatisfy { inside in
      order.dropFirst(count).allSatisfy { outside in
        let error = (errors[inside] * errors[inside] + errors[outside] * errors[outside])
          .squareRoot()
        return abs(values[inside]) - abs(values[outside]) > quantile * error
      }
    }
  }
}

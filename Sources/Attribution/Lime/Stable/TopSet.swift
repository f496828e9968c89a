import Glibc

/// Whether estimates tell which players have the largest magnitudes.
package enum TopSet {
  /// Whether each of the `count` largest magnitudes is larger than each of the others, beyond
  /// doubt.
  ///
  /// Each of the comparisons is a one-sided test of a normal difference; together they are wrong
  /// with a probability of at most `risk` (C. Bonferroni, 1936). False where `count` is not below
  /// the number of players, where nothing is told apart.
  package static func isSettled(
    _ values: [Double], standardErrors: [Double], count: Int, risk: Double
  ) -> Bool {
    guard count > 0, count < values.count else { return false }
    let order = values.indices.sorted {
      let (left, right) = (abs(values[$0]), abs(values[$1]))
      return left == right ? $0 < $1 : left > right
    }
    let comparisons = Double(count) * Double(values.count - count)
    let bound = normalQuantile(ofUpperTail: risk / comparisons)
    return order.prefix(count).allSatisfy { inside in
      order.dropFirst(count).allSatisfy { outside in
        let gap = abs(values[inside]) - abs(values[outside])
        let error = hypot(standardErrors[inside], standardErrors[outside])
        return gap > bound * error
      }
    }
  }

  /// The number that a standard normal variable exceeds with a probability below 1/2.
  package static func normalQuantile(ofUpperTail probability: Double) -> Double {
    var low = 0.0
    var high = 40.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if erfc(middle / 2.0.squareRoot()) / 2 > probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// Means and standard errors of vectors that come one by one.
///
/// B. P. Welford: "Note on a method for calculating corrected sums of squares and products",
/// Technometrics 4(3), 1962.
struct RunningMoments {
  /// The means so far; zeros before the first vector.
  private(set) var means: [Double]
  private var squares: [Double]
  private var count = 0.0

  init(count: Int) {
    means = Array(repeating: 0, count: count)
    squares = means
  }

  mutating func add(_ values: [Double]) {
    count += 1
    for index in values.indices {
      let deviation = values[index] - means[index]
      means[index] += deviation / count
      squares[index] += deviation * (values[index] - means[index])
    }
  }

  /// The standard errors of the means; zeros below two vectors.
  var standardErrors: [Double] {
    squares.map { count > 1 ? ($0 / (count * (count - 1))).squareRoot() : 0 }
  }
}

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
  ///
  /// Few vectors may all be without what makes a component vary: each variance takes in one more square, the mean of
  /// all components' variances. And so that 1.96 of the standard errors cover as much as they do where vectors are
  /// many, they are enlarged to the quantile of Student's distribution, by the expansion of M. Abramowitz, I. Stegun:
  /// "Handbook of Mathematical Functions", 1964, eq. 26.7.5.
  var standardErrors: [Double] {
    guard count > 1 else { return squares.map { _ in 0 } }
    let pooled = squares.reduce(0, +) / (Double(max(1, squares.count)) * (count - 1))
    let z = 1.96
    let z3 = z * z * z
    let z5 = z3 * z * z
    let quantile =
      z + (z3 + z) / (4 * count) + (5 * z5 + 16 * z3 + 3 * z) / (96 * count * count)
      + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * count * count * count)
    return squares.map { quantile / z * (($0 + pooled) / (count * count)).squareRoot() }
  }
}

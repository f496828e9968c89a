/// The path of the lasso: the coefficients that minimise the squared error plus α Σ|β|, for α from
/// where the first becomes other than 0 down to 0.
///
/// B. Efron, T. Hastie, I. Johnstone, R. Tibshirani: "Least angle regression", Annals of Statistics
/// 32(2), 2004, https://doi.org/10.1214/009053604000000067, with the lasso's modification of section
/// 3.1: a coefficient that reaches 0 leaves. Limits, tolerances and the handling of ties are those of
/// scikit-learn's `lars_path(method="lasso")`, so that the steps are its steps.
package struct LassoPath {
  /// For each step, the first of which has none, the columns whose coefficients are not 0,
  /// ascending.
  package private(set) var supports: [[Int]] = [[]]

  private static let mostSteps = 500
  /// A correlation below this part of the number of rows counts as none.
  private static let smallestAlpha = 0x1p-23
  /// A pivot below it says that a column depends on the active ones.
  private static let smallestPivot = 1e-7

  private let ridge: WeightedRidge
  private let covariances: [Double]
  private var gramColumns: [Int: [Double]] = [:]
  private var active: [Int] = []
  private var signs: [Double] = []
  private var factor = GrowingCholesky()
  /// The columns that are not active, and the correlation of each with the residual.
  private var waiting: [Int]
  private var correlations: [Double]
  private var coefficients: [Double]

  /// Follows the path for the weighted, centred columns of `ridge.design` and `target`.
  ///
  /// - Complexity: O(*m* *n*) arithmetic a column that becomes active, O(*n*²) a step.
  package init(_ ridge: WeightedRidge, target: [Double]) {
    self.ridge = ridge
    covariances = ridge.rightSide(target)
    waiting = Array(covariances.indices)
    correlations = covariances
    coefficients = Array(repeating: 0, count: covariances.count)
    follow(rowCount: Double(target.count))
  }

  /// The columns of the last step that has at most `count` of them.
  ///
  /// Where only the start of the path has so few, those of the first step; where there is no step,
  /// all columns, as the Python package `lime` chooses.
  package func support(ofAtMost count: Int) -> [Int] {
    guard supports.count > 1 else { return Array(covariances.indices) }
    return supports.dropFirst().last { $0.count <= count } ?? supports[1]
  }

  private mutating func follow(rowCount: Double) {
    var previousAlpha = Double.infinity
    var hasDropped = false
    while true {
      let best = strongest
      let correlation = best.map { abs(correlations[$0]) } ?? 0
      let alpha = correlation / rowCount
      if alpha <= Self.smallestAlpha || supports.count > Self.mostSteps || waiting.isEmpty {
        return
      }
      if !hasDropped, let best, !activate(best) { continue }
      if previousAlpha < alpha { return }
      previousAlpha = alpha
      hasDropped = step(from: correlation)
    }
  }

  /// The position of the largest correlation among the columns that wait, the first of equals.
  private var strongest: Int? {
    var best: Int?
    for position in correlations.indices {
      if abs(correlations[position]) > best.map({ abs(correlations[$0]) }) ?? -1 { best = position }
    }
    return best
  }

  /// Makes a waiting column active, unless it depends on those that are.
  private mutating func activate(_ position: Int) -> Bool {
    let sign = correlations[position] < 0 ? -1.0 : 1.0
    waiting.swapAt(0, position)
    let column = gramColumn(waiting[0])
    let row = active.map { column[$0] }
    guard factor.append(row, diagonal: column[waiting[0]], smallestPivot: Self.smallestPivot)
    else {
      // The reference puts the correlations back but not the columns.
      correlations[position] = 0
      return false
    }
    correlations.swapAt(0, position)
    correlations.removeFirst()
    active.append(waiting.removeFirst())
    signs.append(sign)
    return true
  }

  /// Goes on to where a waiting column is as correlated as the active ones or a coefficient is 0.
  ///
  /// - Returns: Whether a coefficient became 0.
  private mutating func step(from correlation: Double) -> Bool {
    var direction = factor.solve(signs)
    var squared = 0.0
    for index in direction.indices { squared += direction[index] * signs[index] }
    let slope = 1 / squared.squareRoot()
    for index in direction.indices { direction[index] *= slope }

    let changes = correlationChanges(direction)
    let tiny = Double(Float.leastNormalMagnitude)
    var length = correlation / slope
    for (own, change) in zip(correlations, changes) {
      let up = (correlation - own) / (slope - change + tiny)
      let down = (correlation + own) / (slope + change + tiny)
      if up > 0 { length = min(length, up) }
      if down > 0 { length = min(length, down) }
    }
    let zeros = active.indices.map { -coefficients[active[$0]] / (direction[$0] + tiny) }
    let nearest = zeros.filter { $0 > 0 }.min() ?? .infinity
    let drops = nearest < length
    if drops { length = nearest }

    for (index, column) in active.enumerated() { coefficients[column] += length * direction[index] }
    for position in correlations.indices { correlations[position] -= length * changes[position] }
    if drops {
      for index in active.indices.reversed() where zeros[index] == nearest { deactivate(index) }
    }
    supports.append(active.filter { coefficients[$0] != 0 }.sorted())
    return drops
  }

  /// How fast the correlations of the waiting columns change along a direction of the active ones,
  /// rounded to 15 decimals.
  private mutating func correlationChanges(_ direction: [Double]) -> [Double] {
    var products = [Double](repeating: 0, count: coefficients.count)
    for (index, column) in active.enumerated() {
      let gram = gramColumn(column)
      for other in products.indices { products[other] += gram[other] * direction[index] }
    }
    return waiting.map { (products[$0] * 1e15).rounded(.toNearestOrEven) / 1e15 }
  }

  private mutating func deactivate(_ index: Int) {
    let column = active.remove(at: index)
    signs.remove(at: index)
    factor.remove(at: index)
    coefficients[column] = 0
    let gram = gramColumn(column)
    var correlation = covariances[column]
    for other in active { correlation -= gram[other] * coefficients[other] }
    waiting.insert(column, at: 0)
    correlations.insert(correlation, at: 0)
  }

  private mutating func gramColumn(_ column: Int) -> [Double] {
    if let known = gramColumns[column] { return known }
    let products = ridge.centredProducts(withColumn: column)
    gramColumns[column] = products
    return products
  }
}

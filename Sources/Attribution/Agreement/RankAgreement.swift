/// How far two attributions of the same players agree.
public enum RankAgreement {
  /// Kendall's τ-b: the concordant less the discordant pairs of players, over the geometric mean of
  /// the numbers of pairs that either attribution does not tie.
  ///
  /// In −1 … 1; 1 for equal rankings. 0 where an attribution ties all players, or there are fewer
  /// than two: no pair is ranked then, and nothing there to agree on.
  ///
  /// M. G. Kendall: "The treatment of ties in ranking problems", Biometrika 33(3), 1945, counted
  /// after W. R. Knight, JASA 61(314), 1966: sorted by one attribution, the discordant pairs are
  /// the exchanges that sort the other.
  ///
  /// - Precondition: Both hold as many numbers, none of them NaN.
  /// - Complexity: O(*n* log *n*).
  public static func kendallTau(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count)
    let n = x.count
    let order = x.indices.sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
    let tiedX = tiedPairs(order) { x[$0] == x[$1] }
    let tiedBoth = tiedPairs(order) { x[$0] == x[$1] && y[$0] == y[$1] }
    var second = order.map { y[$0] }
    let discordant = sortCountingExchanges(&second)
    let tiedY = tiedPairs(Array(second.indices)) { second[$0] == second[$1] }
    let pairs = n * (n - 1) / 2
    let untied = (pairs - tiedX, pairs - tiedY)
    guard untied.0 > 0, untied.1 > 0 else { return 0 }
    let concordant = pairs - tiedX - tiedY + tiedBoth - discordant
    let scale = Double(untied.0).squareRoot() * Double(untied.1).squareRoot()
    return max(-1, min(1, Double(concordant - discordant) / scale))
  }

  /// Kendall's τ-b, `nil` where an attribution ties all players or there are fewer than two.
  ///
  /// - Precondition: Both hold as many numbers, none of them NaN.
  public static func kendallTauIfRanked(_ x: [Double], _ y: [Double]) -> Double? {
    guard Set(x).count > 1, Set(y).count > 1 else { return nil }
    return kendallTau(x, y)
  }

  /// The share of the `count` players of largest magnitude in one attribution that are so in the
  /// other too.
  ///
  /// In 0 … 1; of players with equal magnitudes the earlier goes first. `count` is cut to the
  /// number of players; 1 where that leaves none.
  ///
  /// - Precondition: Both hold as many numbers, none of them NaN.
  public static func topOverlap(_ x: [Double], _ y: [Double], count: Int) -> Double {
    precondition(x.count == y.count)
    let count = min(count, x.count)
    guard count > 0 else { return 1 }
    let common = Set(top(count, of: x)).intersection(top(count, of: y)).count
    return Double(common) / Double(count)
  }

  private static func top(_ count: Int, of values: [Double]) -> ArraySlice<Int> {
    values.indices.sorted { (-values[$0].magnitude, $0) < (-values[$1].magnitude, $1) }
      .prefix(count)
  }

  /// The pairs within runs of neighbours of `order` that `tie` says are tied.
  private static func tiedPairs(_ order: [Int], tie: (Int, Int) -> Bool) -> Int {
    var pairs = 0
    var run = 0
    for position in order.indices.dropFirst() {
      run = tie(order[position - 1], order[position]) ? run + 1 : 0
      pairs += run
    }
    return pairs
  }

  /// Sorts by merging, and counts the pairs that were in the wrong order.
  private static func sortCountingExchanges(_ values: inout [Double]) -> Int {
    var exchanges = 0
    var merged = values
    var width = 1
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = min(start + width, values.count)
        let end = min(start + 2 * width, values.count)
        var left = start
        var right = middle
        for target in start..<end {
          if left < middle && (right == end || values[left] <= values[right]) {
            merged[target] = values[left]
            left += 1
          } else {
            merged[target] = values[right]
            right += 1
            exchanges += middle - left
          }
        }
      }
      swap(&values, &merged)
      width *= 2
    }
    return exchanges
  }
}

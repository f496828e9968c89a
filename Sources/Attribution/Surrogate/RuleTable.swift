/// Coalitions with what rules of one and of two players say of them.
package struct RuleTable {
  /// Two players of a row with `distance` − 1 others present between them.
  struct Neighbours {
    /// The first times *n*, plus the second.
    let pair: Int
    let distance: Int
  }

  let coalitions: Coalitions
  /// Of each player, whether it is present.
  let presences: [RuleColumn]
  /// Of each row, players at most ``TextRule/Near/most`` apart.
  let neighbours: [[Neighbours]]

  package init(_ coalitions: Coalitions) {
    self.coalitions = coalitions
    let n = coalitions.playerCount
    presences = (0..<n).map { player in
      RuleColumn(coalitions.indices.map { coalitions.contains(player, in: $0) })
    }
    neighbours = coalitions.indices.map { row in
      let present = (0..<n).filter { coalitions.contains($0, in: row) }
      return present.indices.flatMap { index in
        (1...TextRule.Near.most).compactMap { distance in
          index + distance < present.count
            ? Neighbours(
              pair: present[index] * n + present[index + distance], distance: distance) : nil
        }
      }
    }
  }

  /// Of each two players, the sum of some values of the rows that have both; the lower triangle.
  func pairSums(of values: [Double]) -> SquareMatrix {
    // With signs z = ±1, both are present where (1 + z)(1 + z′) / 4 is 1.
    let rows = SignRows(coalitions)
    let signs = rows.transposedProduct(with: values)
    let sum = values.reduce(0, +)
    var sums = rows.gram(weights: values)
    for first in signs.indices {
      for second in 0...first {
        sums[first, second] = (sum + signs[first] + signs[second] + sums[first, second]) / 4
      }
    }
    return sums
  }

  /// Of each two players with fewer than 1, 2, … others between them, the sum of some values of the rows.
  package func nearSums(of values: [Double]) -> [[Double]] {
    let n = coalitions.playerCount
    var sums = (0..<TextRule.Near.most).map { _ in [Double](repeating: 0, count: n * n) }
    for (row, all) in neighbours.enumerated() {
      for near in all { sums[near.distance - 1][near.pair] += values[row] }
    }
    for reach in sums.indices.dropFirst() {
      for pair in 0..<n * n { sums[reach][pair] += sums[reach - 1][pair] }
    }
    return sums
  }
}

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

  /// S and N∖S of pairs, all S first, and at the end ∅ and N.
  init(pairs: Coalitions) {
    var rows = pairs
    for index in pairs.indices { rows.appendComplement(of: pairs[index]) }
    rows.appendEmpty()
    rows.appendGrand()
    self.init(rows)
  }

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
  package func pairSums(of values: [Double]) -> SquareMatrix {
    let n = coalitions.playerCount
    let lanes = SignProduct.lanes(n)
    let rows = SignRows(coalitions)
    var sums = [SignProduct.Lane](repeating: .zero, count: n * lanes)
    var row = [SignProduct.Lane](repeating: .zero, count: lanes)
    sums.withUnsafeMutableBufferPointer { sums in
      for (index, value) in values.enumerated() where value != 0 {
        // The value where a player is present, else 0.
        for lane in 0..<lanes { row[lane] = (rows.signs(index, lane) + 1) * (value / 2) }
        for player in 0..<n where coalitions.contains(player, in: index) {
          for lane in 0...player >> 3 { sums[player * lanes + lane] += row[lane] }
        }
      }
    }
    var matrix = SquareMatrix(order: n)
    for first in 0..<n {
      for second in 0...first {
        matrix[first, second] = sums[first * lanes + second >> 3][second & 7]
      }
    }
    return matrix
  }

  /// Of each two players with fewer than 1, 2, … others between them, the sum of some values of the rows.
  package func nearSums(of values: [Double]) -> [[Double]] {
    let n = coalitions.playerCount
    var sums = (0..<TextRule.Near.most).map { _ in [Double](repeating: 0, count: n * n) }
    for (row, all) in neighbours.enumerated() where values[row] != 0 {
      for near in all { sums[near.distance - 1][near.pair] += values[row] }
    }
    for reach in sums.indices.dropFirst() {
      for pair in 0..<n * n { sums[reach][pair] += sums[reach - 1][pair] }
    }
    return sums
  }
}

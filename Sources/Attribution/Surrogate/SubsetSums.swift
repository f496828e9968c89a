/// Of each set of few players, the sum of some numbers over the coalitions that hold all of it.
package struct SubsetSums {
  /// The most players; of more the sums are empty.
  static let mostPlayers = 16

  private let playerCount: Int
  private let sums: [Double]

  /// Sums `values`, one of each coalition.
  ///
  /// - Complexity: *n* 2ⁿ⁻¹ additions, by the zeta transform over supersets.
  package init(of values: [Double], at coalitions: Coalitions) {
    playerCount = coalitions.playerCount
    guard playerCount <= Self.mostPlayers else {
      sums = []
      return
    }
    var sums = [Double](repeating: 0, count: 1 << playerCount)
    for (index, value) in values.enumerated() { sums[Int(coalitions.words[index])] += value }
    for player in 0..<playerCount {
      let bit = 1 << player
      for set in sums.indices where set & bit == 0 { sums[set] += sums[set | bit] }
    }
    self.sums = sums
  }

  package subscript(set: Int) -> Double { sums[set] }

  /// The sets of some sizes.
  package func sets(sizes: ClosedRange<Int>) -> [Int] {
    sums.indices.filter { sizes.contains($0.nonzeroBitCount) }
  }
}

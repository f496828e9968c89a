/// A sequence of different coalitions of which every beginning represents ``RemovalLaw``.
///
/// The empty coalition comes first, the grand coalition, whose share is 0, not at all. Every other
/// number of absent players is a stratum whose rows are due at (j + u)/share for j = 0, 1, … and
/// one random u, so that the first *m* rows hold of each size its share of *m* rounded up or down,
/// at random such that their expectation is near it (systematic sampling; the u of the sizes are
/// spread evenly). A size whose rows are all in takes no more, and the others share the rest.
/// Within a size rows are drawn without replacement, in random order.
package struct NestedDesign: Sendable {
  /// The rows.
  package private(set) var coalitions: Coalitions
  /// Whether all coalitions with a positive share are among the rows.
  package let isComplete: Bool

  let law: RemovalLaw
  private var shares: [Double] { law.shares }
  private let populations: [Double]
  /// The number of absent players of each row.
  private let absentCounts: [Int]

  /// Draws at most `most` rows, at least one, for *n* players, at least two.
  ///
  /// - Complexity: O(*m* (*n* + log *m*)) arithmetic.
  package init(playerCount n: Int, kernelWidth: Double, most: Int, seed: UInt64) {
    let law = RemovalLaw(playerCount: n, kernelWidth: kernelWidth)
    let shares = law.shares
    let strata = (0...n).map { Subsets(size: n - $0, playerCount: n) }
    let populations = strata.indices.map { shares[$0] > 0 ? strata[$0].count : 0 }
    var generator = SplitMix64(seed: seed)
    let order = Self.order(
      shares: shares, populations: populations, wanted: most - 1, offset: generator.unit())
    var counts = [Int](repeating: 0, count: n + 1)
    for absent in order { counts[absent] += 1 }
    let subsets = strata.indices.map { absent in
      let drawn = strata[absent].sample(counts[absent], using: &generator)
      return randomOrder(of: drawn.count, using: &generator).map { drawn[$0] }
    }

    var coalitions = Coalitions(playerCount: n)
    coalitions.reserveCapacity(order.count + 1)
    coalitions.appendEmpty()
    counts = [Int](repeating: 0, count: n + 1)
    for absent in order {
      coalitions.append(subsets[absent][counts[absent]])
      counts[absent] += 1
    }
    counts[n] = 1
    self.coalitions = coalitions
    self.law = law
    self.populations = populations
    absentCounts = [n] + order
    isComplete = populations[1..<n].indices.allSatisfy { populations[$0] == Double(counts[$0]) }
  }

  /// What each of the first `count` rows counts for, and the probability that it is among them.
  package func weights(first count: Int) -> (weights: [Double], inclusion: [Double]) {
    var taken = [Double](repeating: 0, count: shares.count)
    for absent in absentCounts.prefix(count) { taken[absent] += 1 }
    var openShare = 0.0
    var openRows = 0.0
    for absent in shares.indices where taken[absent] < populations[absent] {
      openShare += shares[absent]
      openRows += taken[absent]
    }
    let open = openRows > 0 ? openShare / openRows : 0
    let rows = absentCounts.prefix(count)
    return (
      rows.map { absent in
        taken[absent] < populations[absent] ? open : shares[absent] / max(1, populations[absent])
      },
      rows.map { taken[$0] / max(1, populations[$0]) }
    )
  }

  /// The numbers of absent players of the rows after the first, in their order.
  private static func order(
    shares: [Double], populations: [Double], wanted: Int, offset: Double
  ) -> [Int] {
    let open = 1..<shares.count - 1
    // Multiples of the golden section are spread evenly over [0, 1).
    let offsets = shares.indices.map { absent in
      (offset + Double(absent) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
    }
    func count(_ absent: Int, by time: Double) -> Int {
      let due = time * shares[absent] - offsets[absent]
      return due < 0 ? 0 : Int(min(due.rounded(.down) + 1, populations[absent], Double(wanted)))
    }
    func total(by time: Double) -> Int { open.reduce(0) { $0 + count($1, by: time) } }

    let all = open.reduce(0.0) { $0 + populations[$1] }
    let target = all < Double(wanted) ? Int(all) : wanted
    guard target > 0 else { return [] }
    var late = 1.0
    while total(by: late) < target { late *= 2 }
    var early = 0.0
    for _ in 0..<64 {
      let middle = (early + late) / 2
      if total(by: middle) < target { early = middle } else { late = middle }
    }
    var due: [(time: Double, absent: Int)] = []
    due.reserveCapacity(target)
    for absent in open {
      for index in 0..<count(absent, by: late) {
        due.append(((Double(index) + offsets[absent]) / shares[absent], absent))
      }
    }
    due.sort { $0.time == $1.time ? $0.absent < $1.absent : $0.time < $1.time }
    return due.prefix(target).map(\.absent)
  }
}

/// Pairs of complementary coalitions in an order of which every beginning is a good design.
///
/// First the *n* pairs ({i}, N∖{i}), in random order; then 2*n* pairs of half the players each, of
/// which each is the best of eight by its largest overlap with those before it; then pairs of the
/// sizes 2 … *n*/2 in the proportions 1/(s(n − s)) of the Shapley kernel. No pair comes twice, and
/// the end is reached when all have come.
package struct NestedPairDesign {
  /// How many draws of half the players compete for one place.
  private static let candidates = 8

  /// One coalition of each pair.
  package private(set) var coalitions: Coalitions
  private let playerCount: Int
  private let hasHalves: Bool
  private var generator: SplitMix64
  /// Sizes 1 … *n*/2.
  private var streams: [SubsetStream]
  /// The weight of all pairs of a size together in the regression form of the Shapley values.
  private let weights: [Double]
  /// How many pairs of a size came in the last part.
  private var drawnByLaw: [Double]
  private var halves: [[UInt64]] = []

  /// Prepares the order for `playerCount` players, at least two; without the halves, where those are not wanted.
  package init(playerCount n: Int, seed: UInt64, hasHalves: Bool = true) {
    playerCount = n
    self.hasHalves = hasHalves
    generator = SplitMix64(seed: seed)
    coalitions = Coalitions(playerCount: n)
    streams = (1...(n / 2)).map { s in
      SubsetStream(PairSample.subsets(size: s, playerCount: n))
    }
    weights = (1...(n / 2)).map { PairSample.regressionWeight(size: $0, playerCount: n) }
    drawnByLaw = weights.map { _ in 0 }
  }

  /// Whether all pairs have come.
  package var isComplete: Bool { streams.allSatisfy(\.isExhausted) }

  /// Goes on to `count` pairs, or to all there are.
  package mutating func extend(to count: Int) {
    while coalitions.count < count, !isComplete { coalitions.append(next()) }
  }

  private mutating func next() -> [UInt64] {
    let half = streams.count - 1
    if half == 0 || coalitions.count < playerCount { return streams[0].next(using: &generator) }
    if hasHalves, halves.count < 2 * playerCount,
      Double(halves.count) < 0.6 * streams[half].population
    {
      return nextHalf()
    }
    var due = 0
    var earliest = Double.infinity
    for index in streams.indices where !streams[index].isExhausted {
      let time = (drawnByLaw[index] + 0.5) / weights[index]
      if time < earliest { (due, earliest) = (index, time) }
    }
    drawnByLaw[due] += 1
    return streams[due].next(using: &generator)
  }

  private mutating func nextHalf() -> [UInt64] {
    let n = playerCount
    let before = halves
    let next = streams[streams.count - 1].next(of: Self.candidates, using: &generator) { subset in
      var largest = 0
      for other in before {
        var distance = 0
        for word in subset.indices { distance += (subset[word] ^ other[word]).nonzeroBitCount }
        largest = Swift.max(largest, abs(n - 2 * distance))
      }
      return largest
    }
    halves.append(next)
    return next
  }
}

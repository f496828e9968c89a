/// The subsets of one size in random order, one after the other, none twice.
///
/// Few subsets are listed and shuffled; many are drawn until one is new.
struct SubsetStream {
  /// The most subsets that are listed.
  private static let longestList = 1 << 14

  private let subsets: Subsets
  /// The number of subsets that there are, infinite where a `Double` cannot hold it.
  let population: Double
  /// The number of subsets taken.
  private var taken = 0
  /// What is left of the list, in random order; nil where subsets are drawn.
  private var list: [[UInt64]]?
  private var known: Set<[UInt64]> = []

  init(_ subsets: Subsets) {
    self.subsets = subsets
    population = subsets.count
  }

  /// Whether all subsets have been taken.
  var isExhausted: Bool { Double(taken) >= population }

  /// The next subset; of `candidates` next ones, the one with the smallest `badness`.
  ///
  /// - Precondition: Not all subsets have been taken.
  mutating func next(
    of candidates: Int = 1, using generator: inout SplitMix64,
    badness: ([UInt64]) -> Int = { _ in 0 }
  ) -> [UInt64] {
    precondition(!isExhausted)
    taken += 1
    return population <= Double(Self.longestList)
      ? nextListed(of: candidates, using: &generator, badness: badness)
      : nextDrawn(of: candidates, using: &generator, badness: badness)
  }

  private mutating func nextListed(
    of candidates: Int, using generator: inout SplitMix64, badness: ([UInt64]) -> Int
  ) -> [UInt64] {
    var left = list ?? shuffled(using: &generator)
    let last = left.count - 1
    let first = Swift.max(0, left.count - candidates)
    let best = (first...last).reversed().min { badness(left[$0]) < badness(left[$1]) } ?? last
    left.swapAt(best, last)
    let subset = left.removeLast()
    list = left
    return subset
  }

  private func shuffled(using generator: inout SplitMix64) -> [[UInt64]] {
    var all: [[UInt64]] = []
    subsets.forEach { all.append($0) }
    return randomOrder(of: all.count, using: &generator).map { all[$0] }
  }

  private mutating func nextDrawn(
    of candidates: Int, using generator: inout SplitMix64, badness: ([UInt64]) -> Int
  ) -> [UInt64] {
    var best: (subset: [UInt64], badness: Int)?
    for _ in 0..<candidates {
      var subset = subsets.draw(using: &generator)
      while known.contains(subset) { subset = subsets.draw(using: &generator) }
      let value = candidates == 1 ? 0 : badness(subset)
      if value < best?.badness ?? .max { best = (subset, value) }
    }
    let subset = best?.subset ?? []
    known.insert(subset)
    return subset
  }
}

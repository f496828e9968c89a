/// How one coalition differs from each of many: all that a ``KernelSum`` depends on.
package struct DifferenceRow {
  /// What is counted of two coalitions.
  package struct Counts {
    /// Players that are in one of both only.
    package var distance: Int32 = 0
    /// Pairs of neighbouring players of which one is.
    package var oddPairs: Int32 = 0
    /// Triples of neighbouring players of which one or three are.
    package var oddTriples: Int32 = 0
    /// Players of the other coalition.
    package var size: Int32 = 0
  }

  /// What is summed over the players that are in one of both only: ω and ω³.
  package typealias Weights = SIMD2<Double>

  package private(set) var counts: [Counts]
  /// Empty where players have no weights.
  package private(set) var weights: [Weights]
  /// What ``CommonNeighbours`` says of them; empty where nobody asks.
  package private(set) var neighbours: [SIMD2<Double>]
  /// The number of players in the one coalition.
  private(set) var size = 0

  private let playerCount: Int
  private let table: WeightTable?

  /// Prepares for the coalitions that others will be compared with.
  package init(
    coalitions: Coalitions, weights playerWeights: [Double]?, withNeighbours: Bool
  ) {
    neighbours = withNeighbours ? coalitions.indices.map { _ in .zero } : []
    playerCount = coalitions.playerCount
    table = playerWeights.map { WeightTable($0) }
    counts = coalitions.indices.map { Counts(size: Int32(coalitions.size(of: $0))) }
    weights = playerWeights == nil ? [] : counts.map { _ in .zero }
  }

  /// Compares `coalition` with the first `count` of `others`, which are those of the start.
  package mutating func compare(
    _ coalition: ArraySlice<UInt64>, with others: Coalitions, count: Int
  ) {
    size = coalition.reduce(0) { $0 + $1.nonzeroBitCount }
    let words = others.wordsPerCoalition
    precondition(count <= counts.count && count * words <= others.words.count)
    let n = playerCount
    let first = coalition.startIndex
    counts.withUnsafeMutableBufferPointer { counts in
      others.words.withUnsafeBufferPointer { other in
        for index in 0..<count {
          var distance = 0
          var pairs = 0
          var triples = 0
          var next = coalition[first] ^ other[index * words]
          for word in 0..<words {
            let x = next
            next =
              word + 1 < words ? coalition[first + word + 1] ^ other[index * words + word + 1] : 0
            // Bit i: whether player i, i + 1 (and i + 2) together are odd.
            let two = x ^ (x >> 1 | next << 63)
            let three = two ^ (x >> 2 | next << 62)
            distance += x.nonzeroBitCount
            pairs += (two & lowBits(n - 1 - 64 * word)).nonzeroBitCount
            triples += (three & lowBits(n - 2 - 64 * word)).nonzeroBitCount
          }
          counts[index].distance = Int32(truncatingIfNeeded: distance)
          counts[index].oddPairs = Int32(truncatingIfNeeded: pairs)
          counts[index].oddTriples = Int32(truncatingIfNeeded: triples)
        }
        if !neighbours.isEmpty {
          CommonNeighbours.sums(
            of: coalition, and: other, playerCount: n, count: count, into: &neighbours)
        }
        table?.sums(of: coalition, and: other, count: count, into: &weights)
      }
    }
  }
}

/// Sums of weights and of their cubes over the players of a mask, eight players a look-up.
private struct WeightTable {
  private let table: [DifferenceRow.Weights]
  private let groups: Int
  private let words: Int

  init(_ weights: [Double]) {
    groups = (weights.count + 7) / 8
    words = (weights.count + 63) / 64
    var table = [DifferenceRow.Weights](repeating: .zero, count: groups * 256)
    for group in 0..<groups {
      for byte in 1..<256 {
        let player = 8 * group + byte.trailingZeroBitCount
        let weight = player < weights.count ? weights[player] : 0
        table[group * 256 + byte] =
          table[group * 256 + (byte & (byte - 1))]
          + DifferenceRow.Weights(weight, weight * weight * weight)
      }
    }
    self.table = table
  }

  func sums(
    of coalition: ArraySlice<UInt64>, and others: UnsafeBufferPointer<UInt64>, count: Int,
    into sums: inout [DifferenceRow.Weights]
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      table.withUnsafeBufferPointer { table in
        for index in 0..<count {
          var sum = DifferenceRow.Weights.zero
          for word in 0..<words {
            var x = coalition[coalition.startIndex + word] ^ others[index * words + word]
            for group in (8 * word)..<min(groups, 8 * word + 8) {
              sum += table[group * 256 + Int(x & 255)]
              x >>= 8
            }
          }
          sums[index] = sum
        }
      }
    }
  }
}

/// The lowest `count` bits.
@inline(__always)
func lowBits(_ count: Int) -> UInt64 {
  count >= 64 ? .max : count <= 0 ? 0 : 1 << UInt64(count) - 1
}

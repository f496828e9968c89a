/// How one coalition differs from each of many: all that stationary kernels depend on.
struct DifferenceRow {
  /// The number of players that are in one of both coalitions only.
  private(set) var distances: [Int] = []
  /// The number of neighbouring pairs of players of which one or three … differ, see ``PairKernel/runs(length:)``.
  private(set) var oddPairs: [Int] = []
  /// The same for three players next to each other.
  private(set) var oddTriples: [Int] = []
  /// Σ ω over the players that differ.
  private(set) var weights: [Double] = []
  /// Σ ω³ over the players that differ.
  private(set) var cubes: [Double] = []
  /// The sizes of the many coalitions.
  private(set) var sizes: [Int] = []
  /// The size of the one.
  private(set) var size = 0

  private let playerCount: Int
  private let weightTable: WeightTable?

  /// Prepares for `count` coalitions; sums of weights are worked out only if there are weights.
  init(coalitions: Coalitions, weights playerWeights: [Double]?) {
    playerCount = coalitions.playerCount
    weightTable = playerWeights.map { WeightTable($0) }
    let count = coalitions.count
    distances = Array(repeating: 0, count: count)
    oddPairs = distances
    oddTriples = distances
    weights = Array(repeating: 0, count: playerWeights == nil ? 0 : count)
    cubes = weights
    sizes = (0..<count).map { coalitions.size(of: $0) }
  }

  /// Compares `coalition` with the first `count` of `others`, which are those of the start.
  mutating func compare(_ coalition: ArraySlice<UInt64>, with others: Coalitions, count: Int) {
    size = coalition.reduce(0) { $0 + $1.nonzeroBitCount }
    let words = others.wordsPerCoalition
    if words == 1 {
      let mine = coalition[coalition.startIndex]
      let n = playerCount
      let pairMask = mask(n - 1)
      let tripleMask = mask(n - 2)
      for index in 0..<count {
        let x = mine ^ others.words[index]
        let shifted = x ^ (x >> 1)
        distances[index] = x.nonzeroBitCount
        oddPairs[index] = (shifted & pairMask).nonzeroBitCount
        oddTriples[index] = ((shifted ^ (x >> 2)) & tripleMask).nonzeroBitCount
      }
    } else {
      for index in 0..<count { compareLong(coalition, others[index], at: index) }
    }
    guard let weightTable else { return }
    for index in 0..<count {
      (weights[index], cubes[index]) = weightTable.sums(coalition, others[index])
    }
  }

  private mutating func compareLong(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, at index: Int
  ) {
    var (distance, pairs, triples) = (0, 0, 0)
    let count = a.count
    var next = a[a.startIndex] ^ b[b.startIndex]
    for word in 0..<count {
      let x = next
      next =
        word + 1 < count ? a[a.startIndex + word + 1] ^ b[b.startIndex + word + 1] : 0
      let shifted = x ^ (x >> 1 | next << 63)
      distance += x.nonzeroBitCount
      pairs += (shifted & mask(playerCount - 1 - 64 * word)).nonzeroBitCount
      triples +=
        ((shifted ^ (x >> 2 | next << 62)) & mask(playerCount - 2 - 64 * word)).nonzeroBitCount
    }
    (distances[index], oddPairs[index], oddTriples[index]) = (distance, pairs, triples)
  }

  /// The lowest `bits` bits, all below 64.
  private func mask(_ bits: Int) -> UInt64 {
    bits >= 64 ? .max : bits <= 0 ? 0 : 1 << UInt64(bits) - 1
  }
}

/// Sums of weights and of their cubes over the players of a mask, eight players a look-up.
private struct WeightTable {
  private var table: [SIMD2<Double>]
  private let groups: Int

  init(_ weights: [Double]) {
    groups = (weights.count + 7) / 8
    table = Array(repeating: .zero, count: groups * 256)
    for group in 0..<groups {
      for byte in 1..<256 {
        let player = 8 * group + byte.trailingZeroBitCount
        let weight = player < weights.count ? weights[player] : 0
        table[group * 256 + byte] =
          table[group * 256 + (byte & (byte - 1))]
          + SIMD2(weight, weight * weight * weight)
      }
    }
  }

  func sums(_ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>) -> (Double, Double) {
    var sum = SIMD2<Double>.zero
    for group in 0..<groups {
      let x = a[a.startIndex + group >> 3] ^ b[b.startIndex + group >> 3]
      sum += table[group * 256 + Int(x >> UInt64(8 * (group & 7)) & 255)]
    }
    return (sum[0], sum[1])
  }
}

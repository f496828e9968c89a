/// The coalitions of the pairs that a ``PairProcess`` learnt.
final class LearntPairs {
  /// A number of players for each of 16 pairs.
  typealias Distances = SIMD16<UInt16>

  let coalitions: Coalitions
  /// The bytes of their players.
  private(set) lazy var patterns = SignRows(coalitions).transposedPatterns

  init(_ coalitions: Coalitions) {
    precondition(coalitions.playerCount <= UInt16.max, "Distances count players in 16 bits")
    self.coalitions = coalitions
  }

  /// How many lanes of ``Distances`` hold a number for each pair.
  var lanes: Int { (coalitions.count + 15) / 16 }

  /// Tables how many of players 4 g … 4 g + 3 differ from those of a lane's pairs, by which of them are present.
  func fill(_ table: inout [Distances], group: Int, lane: Int) {
    let start = group << 4
    let players = min(4, coalitions.playerCount - 4 * group)
    var flips: [4 of Distances] = .init(repeating: .zero)
    table[start] = .zero
    for k in 0..<players {
      let present = presence(of: 4 * group + k, lane: lane)
      table[start] &+= present
      flips[k] = 1 &- present &- present
    }
    for pattern in 1..<1 << players {
      table[start + pattern] =
        table[start + (pattern & (pattern - 1))] &+ flips[pattern.trailingZeroBitCount]
    }
  }

  /// 1 for each pair of a lane where a player is present.
  private func presence(of player: Int, lane: Int) -> Distances {
    let n = coalitions.playerCount
    let (low, high) = (2 * lane * n + player, (2 * lane + 1) * n + player)
    return Distances(
      lowHalf: Self.bits[Int(patterns[low])],
      highHalf: high < patterns.count ? Self.bits[Int(patterns[high])] : .zero)
  }

  private static let bits: [SIMD8<UInt16>] = (0..<256).map { byte in
    var lane = SIMD8<UInt16>.zero
    for bit in 0..<8 where byte >> bit & 1 == 1 { lane[bit] = 1 }
    return lane
  }
}

/// Some coalitions beside the pairs that were learnt, with what ``PosteriorMean`` asks of them, which is worked out once.
final class CoalitionBlock {
  typealias Lane = SignProduct.Lane
  typealias Distances = LearntPairs.Distances

  private static let size = 1024

  let rows: SignRows
  let pairs: LearntPairs
  /// How many players each has.
  private(set) lazy var sizes = rows.coalitions.indices.map { rows.coalitions.size(of: $0) }
  /// Of each coalition, the products of the signs of a player and the next two, by the first.
  private(set) lazy var triples = SignRows(Self.triples(of: rows.coalitions))
  /// How many players differ from those of 16 pairs: coalition by coalition, for one lane after the other.
  private lazy var distances = Self.distances(of: rows.coalitions, to: pairs)

  init(_ coalitions: Coalitions, beside pairs: LearntPairs) {
    rows = SignRows(coalitions)
    self.pairs = pairs
  }

  var count: Int { rows.coalitions.count }

  /// Calls `body` with one block after the other.
  static func forEach(
    of coalitions: Coalitions, beside pairs: LearntPairs, _ body: (CoalitionBlock) -> Void
  ) {
    for start in stride(from: 0, to: coalitions.count, by: size) {
      let some = coalitions.picked(start..<min(start + size, coalitions.count))
      body(CoalitionBlock(some, beside: pairs))
    }
  }

  private static func triples(of coalitions: Coalitions) -> Coalitions {
    let words = coalitions.wordsPerCoalition
    var products = Coalitions(playerCount: coalitions.playerCount)
    for index in coalitions.indices {
      let coalition = coalitions[index] + [0]
      let first = coalition.startIndex
      // The product is 1 where an odd number of the three is present.
      products.append(
        (first..<first + words).map { word in
          let (x, next) = (coalition[word], coalition[word + 1])
          return x ^ (x >> 1 | next << 63) ^ (x >> 2 | next << 62)
        })
    }
    return products
  }

  /// By tables of what four players differ in, as in ``SignProduct``.
  ///
  /// - Complexity: *n*/4 additions of vectors for 16 pairs and a coalition.
  private static func distances(of coalitions: Coalitions, to pairs: LearntPairs) -> [Distances] {
    let words = coalitions.wordsPerCoalition
    let groups = (coalitions.playerCount + 3) / 4
    var distances: [Distances] = []
    distances.reserveCapacity(pairs.lanes * coalitions.count)
    var table = [Distances](repeating: .zero, count: groups << 4)
    for lane in 0..<pairs.lanes {
      for group in 0..<groups { pairs.fill(&table, group: group, lane: lane) }
      table.withUnsafeBufferPointer { table in
        coalitions.words.withUnsafeBufferPointer { bits in
          for row in coalitions.indices {
            var sum = Distances.zero
            for word in 0..<words {
              var x = bits[row * words + word]
              for group in 16 * word..<min(groups, 16 * word + 16) {
                sum &+= table[group << 4 | Int(x & 15)]
                x >>= 4
              }
            }
            distances.append(sum)
          }
        }
      }
    }
    return distances
  }

  /// Of each coalition, Σ w f over the pairs, where f goes by the number of players that differ.
  func sums(of byDistance: [Double], weights: [Double]) -> [Double] {
    let lanes = pairs.lanes
    let distances = self.distances
    precondition(byDistance.count > pairs.coalitions.playerCount)
    var fours = [SIMD4<Double>](repeating: .zero, count: lanes * 4)
    for (pair, weight) in weights.enumerated() { fours[pair >> 2][pair & 3] = weight }
    return byDistance.withUnsafeBufferPointer { table in
      func four(_ near: SIMD4<UInt16>) -> SIMD4<Double> {
        SIMD4(table[Int(near[0])], table[Int(near[1])], table[Int(near[2])], table[Int(near[3])])
      }
      var sums = [SIMD4<Double>](repeating: .zero, count: count)
      for lane in 0..<lanes {
        for row in sums.indices {
          let near = distances[lane * count + row]
          var sum = fours[4 * lane] * four(near.lowHalf.lowHalf)
          sum += fours[4 * lane + 1] * four(near.lowHalf.highHalf)
          sum += fours[4 * lane + 2] * four(near.highHalf.lowHalf)
          sum += fours[4 * lane + 3] * four(near.highHalf.highHalf)
          sums[row] += sum
        }
      }
      return sums.map { ($0[0] + $0[1]) + ($0[2] + $0[3]) }
    }
  }

  /// Of each coalition, Σ c (Σᵢ ωᵢ zᵢ z′ᵢ)³ over the pairs.
  ///
  /// - Complexity: *n*/8 additions a pair and coalition.
  func cubes(weights: [Double], coefficients: [Double]) -> [Double] {
    let n = weights.count
    let rowPatterns = rows.patterns(of: rows.coalitions.indices)
    let pairPatterns = pairs.patterns
    let lanes = SignProduct.lanes(coefficients.count)
    var padded = [Lane](repeating: .zero, count: lanes)
    for (pair, value) in coefficients.enumerated() { padded[pair >> 3][pair & 7] = value }
    var totals = [Lane](repeating: .zero, count: count)
    // Few pairs at a time, so that sums stay near.
    let width = 4
    for first in stride(from: 0, to: lanes, by: width) {
      let used = min(width, lanes - first)
      var sums = [Lane](repeating: .zero, count: count * used)
      SignProduct.accumulate(
        patterns: rowPatterns, rowCount: count, laneCount: used, into: &sums
      ) { player, lane in
        guard player < n else { return .zero }
        return SignProduct.signs[Int(pairPatterns[(first + lane) * n + player])] * weights[player]
      }
      for row in 0..<count {
        for lane in 0..<used {
          let sum = sums[row * used + lane]
          totals[row] += padded[first + lane] * (sum * sum * sum)
        }
      }
    }
    return totals.map { $0.sum() }
  }
}

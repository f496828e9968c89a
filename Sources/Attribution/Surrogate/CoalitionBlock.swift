/// The coalitions of the pairs that a ``PairProcess`` learnt.
final class LearntPairs {
  let coalitions: Coalitions
  /// The bytes of their players.
  private(set) lazy var patterns = SignRows(coalitions).transposedPatterns

  init(_ coalitions: Coalitions) { self.coalitions = coalitions }
}

/// Some coalitions beside the pairs that were learnt, with what ``PosteriorMean`` asks of them, which is worked out once.
final class CoalitionBlock {
  typealias Lane = SignProduct.Lane

  private static let size = 1024

  let rows: SignRows
  let pairs: LearntPairs
  /// How many players each has.
  private(set) lazy var sizes = rows.coalitions.indices.map { rows.coalitions.size(of: $0) }
  /// Of each coalition, the products of the signs of a player and the next two, by the first.
  private(set) lazy var triples = SignRows(Self.triples(of: rows.coalitions))
  /// Coalition by coalition, how many players differ from each pair's.
  private lazy var distances = Self.distances(of: rows.coalitions, to: pairs.coalitions)

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

  private static func distances(of coalitions: Coalitions, to pairs: Coalitions) -> [Int32] {
    let words = coalitions.wordsPerCoalition
    var distances = [Int32](repeating: 0, count: coalitions.count * pairs.count)
    distances.withUnsafeMutableBufferPointer { distances in
      pairs.words.withUnsafeBufferPointer { others in
        for index in coalitions.indices {
          for word in 0..<words {
            let own = coalitions.words[index * words + word]
            for pair in 0..<pairs.count {
              let different = own ^ others[pair * words + word]
              distances[index * pairs.count + pair] += Int32(different.nonzeroBitCount)
            }
          }
        }
      }
    }
    return distances
  }

  /// Of each coalition, Σ w f over the pairs, where f goes by the number of players that differ.
  func sums(of byDistance: [Double], weights: [Double]) -> [Double] {
    let count = weights.count
    let distances = self.distances
    return rows.coalitions.indices.map { row in
      byDistance.withUnsafeBufferPointer { table in
        // Four sums, so that an addition need not wait for the last.
        var sums = SIMD4<Double>.zero
        let start = row * count
        var pair = 0
        while pair + 4 <= count {
          for lane in 0..<4 {
            sums[lane] += weights[pair + lane] * table[Int(distances[start + pair + lane])]
          }
          pair += 4
        }
        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
        while pair < count {
          sum += weights[pair] * table[Int(distances[start + pair])]
          pair += 1
        }
        return sum
      }
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

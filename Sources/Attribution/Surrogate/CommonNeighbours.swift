/// How many pairs of players are neighbours in both of two coalitions, once all other players are deleted.
///
/// The covariance of a model with a weight of its own for every two words that come to stand side by side.
enum CommonNeighbours {
  /// For one coalition S and each S′ of the first `count` of `others`, with c(S, S′) pairs in common:
  /// c(S, S′) + c(N∖S, N∖S′) ∓ (c(S, N∖S′) + c(N∖S, S′)), first with the minus and then with the plus.
  static func sums(
    of coalition: ArraySlice<UInt64>, and others: UnsafeBufferPointer<UInt64>, playerCount n: Int,
    count: Int, into sums: inout [SIMD2<Double>]
  ) {
    let words = coalition.count
    let first = coalition.startIndex
    sums.withUnsafeMutableBufferPointer { sums in
      for index in 0..<count {
        var alike = Runs()
        var reversed = Runs()
        for word in 0..<words {
          let players: UInt64 = word + 1 < words || n % 64 == 0 ? .max : 1 << UInt64(n % 64) - 1
          let s = coalition[first + word]
          let t = others[index * words + word]
          alike.add(s, t, players)
          reversed.add(s, ~t & players, players)
        }
        let (plus, minus) = (Double(alike.count), Double(reversed.count))
        sums[index] = SIMD2(plus - minus, plus + minus)
      }
    }
  }

  /// Pairs in common of S and S′ and of their complements, word by word.
  private struct Runs {
    var count = 0
    private var both = Chain()
    private var neither = Chain()

    @inline(__always)
    mutating func add(_ s: UInt64, _ t: UInt64, _ players: UInt64) {
      let common = s & t
      let gaps = ~(s | t) & players
      // No player is in both, so that one count does.
      count += (both.add(common, gaps: gaps) | neither.add(gaps, gaps: common)).nonzeroBitCount
    }
  }

  /// Finds players that both coalitions have and whose predecessor, skipping those that neither has, is such a one.
  private struct Chain {
    /// 1 where a player that both have waits for its successor.
    private var open: UInt64 = 0

    @inline(__always)
    mutating func add(_ common: UInt64, gaps: UInt64) -> UInt64 {
      // Each bit above a common player is carried over the gaps to the next place, which is its successor.
      let (partial, first) = (common << 1).addingReportingOverflow(gaps)
      let (reached, second) = partial.addingReportingOverflow(open)
      open = common >> 63 | (first ? 1 : 0) | (second ? 1 : 0)
      return reached & common
    }
  }
}

extension KernelFunction {
  /// The Shapley values of the function z ↦ k(z, z′) for the odd kernel of common neighbours.
  ///
  /// Two players i < j are neighbours where they are present and the *b* players between them are not: a game in which
  /// i and j have 1/((b + 1)(b + 2)) each, and those between them lose the same in all.
  func neighbourShapleyValues(at signs: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: playerCount)
    for side in [1.0, -1.0] {
      var last: Int?
      for player in signs.indices where signs[player] == side {
        if let last {
          let between = Double(player - last - 1)
          let share = 2 * side / ((between + 1) * (between + 2)) / norm
          values[last] += share
          values[player] += share
          for inner in (last + 1)..<max(last + 1, player) { values[inner] -= 2 * share / between }
        }
        last = player
      }
    }
    return values
  }

  /// The prior variance of each player's Shapley value.
  var neighbourShapleyVariances: [Double] {
    let n = playerCount
    var values = [Double](repeating: 0, count: n)
    for between in 0..<max(0, n - 1) {
      let share = 2 / (Double(between + 1) * Double(between + 2))
      let square = share * share / norm
      let inner = between > 0 ? 4 * square / Double(between * between) : 0
      for player in 0..<n {
        // Pairs that begin or end with the player, and those that it lies within.
        let begins = player + between + 1 < n
        let ends = player - between - 1 >= 0
        let around = min(player - 1, n - 2 - between) - max(0, player - between) + 1
        values[player] +=
          square * ((begins ? 1 : 0) + (ends ? 1 : 0)) + inner * Double(max(0, around))
      }
    }
    return values
  }
}

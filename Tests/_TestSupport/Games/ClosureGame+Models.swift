import Foundation

/// Games like those that text classifiers make, with closed forms at any size.
extension ClosureGame {
  /// v(S) = the mean of the weights in S, and 0 for ∅.
  public static func meanPooling(_ weights: [Double]) -> ClosureGame {
    let n = weights.count
    let harmonic = (1...n).reduce(0.0) { $0 + 1 / Double($1) }
    let total = weights.reduce(0, +)
    let phi = weights.map { weight in
      let others = n > 1 ? (total - weight) / Double(n - 1) : 0
      return (weight + (harmonic - 1) * (weight - others)) / Double(n)
    }
    return ClosureGame("mean pooling", playerCount: n, shapleyValues: phi) { members in
      members.players.reduce(0) { $0 + weights[$1] } / Double(max(1, members.count))
    }
  }

  /// v(S) = ∏ over the players of `present` where they are in S and of `absent` where they are not.
  ///
  /// φᵢ = ∫₀¹ (presentᵢ − absentᵢ) ∏_{j≠i} (q presentⱼ + (1 − q) absentⱼ) dq, a polynomial that
  /// Gauss–Legendre quadrature with ⌈n/2⌉ nodes integrates exactly.
  public static func product(present: [Double], absent: [Double]) -> ClosureGame {
    let n = present.count
    let phi = (0..<n).map { i in
      gaussLegendre((n + 1) / 2).reduce(0.0) { sum, node in
        var factor = present[i] - absent[i]
        for j in 0..<n where j != i {
          factor *= node.position * present[j] + (1 - node.position) * absent[j]
        }
        return sum + node.weight * factor
      }
    }
    return ClosureGame("product", playerCount: n, shapleyValues: phi) { members in
      (0..<n).reduce(1) { $0 * (members[$1] ? present[$1] : absent[$1]) }
    }
  }

  /// v(S) = Σ_{i∈S} wᵢ + Σ B_ij over the players i < j that are neighbours once those outside S are
  /// deleted, with Fⱼ added for the first survivor j.
  public static func deletionBigram(
    _ weights: [Double], first: [Double], _ pairs: [[Double]]
  ) -> ClosureGame {
    let n = weights.count
    var phi = weights
    for j in 0..<n {
      phi[j] += first[j] / Double(j + 1)
      for k in 0..<j { phi[k] -= first[j] / Double(j * (j + 1)) }
      for i in 0..<j {
        let between = Double(j - i - 1)
        phi[i] += pairs[i][j] / ((between + 1) * (between + 2))
        phi[j] += pairs[i][j] / ((between + 1) * (between + 2))
        for k in (i + 1)..<j {
          phi[k] -= 2 * pairs[i][j] / (between * (between + 1) * (between + 2))
        }
      }
    }
    return ClosureGame("deletion bigram", playerCount: n, shapleyValues: phi) { members in
      var sum = 0.0
      var last: Int?
      for player in members.players {
        sum += weights[player] + (last.map { pairs[$0][player] } ?? first[player])
        last = player
      }
      return sum
    }
  }
}

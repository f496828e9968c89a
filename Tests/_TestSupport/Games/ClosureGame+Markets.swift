/// Games of the textbooks of cooperative game theory.
extension ClosureGame {
  /// v(S) = pairs of a left and a right glove in S; the first `left` players hold left gloves, the
  /// others right ones.
  public static func glove(left: Int, right: Int) -> ClosureGame {
    let n = left + right
    let p = shapleyWeights(playerCount: n)
    // A glove adds 1 where more of the other hand than of its own came before.
    func value(own: Int, other: Int) -> Double {
      var sum = 0.0
      for mine in 0..<own {
        for theirs in 0...other where theirs > mine {
          sum += binomial(own - 1, mine) * binomial(other, theirs) * p[mine + theirs]
        }
      }
      return sum
    }
    let phi = (0..<n).map {
      $0 < left ? value(own: left, other: right) : value(own: right, other: left)
    }
    return ClosureGame("glove", playerCount: n, shapleyValues: phi) { members in
      let lefts = (0..<left).count { members[$0] }
      return Double(min(lefts, members.count - lefts))
    }
  }

  /// v(S) = the largest of the costs in S, and 0 for ∅; also the game of the largest weight, of any
  /// sign.
  ///
  /// S. Littlechild, G. Owen: "A simple expression for the Shapley value in a special case",
  /// Management Science 20(3), 1973.
  public static func airport(_ costs: [Double]) -> ClosureGame {
    let n = costs.count
    var phi = [Double](repeating: 0, count: n)
    var before = 0.0
    var share = 0.0
    for (rank, player) in costs.indices.sorted(by: { costs[$0] < costs[$1] }).enumerated() {
      share += (costs[player] - before) / Double(n - rank)
      before = costs[player]
      phi[player] = share
    }
    return ClosureGame("airport", playerCount: n, shapleyValues: phi) { members in
      members.players.map { costs[$0] }.max() ?? 0
    }
  }

  /// v(S) = 1 where the weights in S reach `quota`, with φ counted exactly in whole numbers.
  ///
  /// - Precondition: At most 64 players, whose coalitions of one size and weight an `Int` can
  ///   count.
  public static func weightedVoting(_ weights: [Int], quota: Int) -> ClosureGame {
    let n = weights.count
    let total = weights.reduce(0, +)
    let p = shapleyWeights(playerCount: n)
    let phi = weights.indices.map { player in
      // counts[s][w]: coalitions of s others with weight w.
      var counts = [[Int]](repeating: [Int](repeating: 0, count: total + 1), count: n)
      counts[0][0] = 1
      for other in weights.indices where other != player {
        for s in stride(from: n - 2, through: 0, by: -1) {
          for w in 0...(total - weights[other]) {
            counts[s + 1][w + weights[other]] += counts[s][w]
          }
        }
      }
      var sum = 0.0
      for s in 0..<n {
        let swings = (0...total).filter { $0 < quota && $0 + weights[player] >= quota }
          .reduce(0) { $0 + counts[s][$1] }
        sum += Double(swings) * p[s]
      }
      return sum
    }
    return ClosureGame("weighted voting", playerCount: n, shapleyValues: phi) { members in
      members.players.reduce(0) { $0 + weights[$1] } >= quota ? 1 : 0
    }
  }

  /// v(S) = g(|S|).
  public static func symmetric(
    playerCount n: Int, _ function: @escaping (Int) -> Double
  ) -> ClosureGame {
    let phi = [Double](repeating: (function(n) - function(0)) / Double(n), count: n)
    return ClosureGame("symmetric", playerCount: n, shapleyValues: phi) { function($0.count) }
  }
}

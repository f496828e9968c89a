/// Games that are sums over sets of players.
extension ClosureGame {
  /// v(S) = Σ_{i∈S} wᵢ.
  public static func additive(_ weights: [Double]) -> ClosureGame {
    ClosureGame("additive", playerCount: weights.count, shapleyValues: weights) { members in
      weights.indices.reduce(0) { $0 + members.indicator($1) * weights[$1] }
    }
  }

  /// v(S) = 1 where all of `carriers` are in S.
  public static func unanimity(of carriers: [Int], playerCount: Int) -> ClosureGame {
    sumOfUnanimity([(1, carriers)], playerCount: playerCount, name: "unanimity")
  }

  /// v(S) = Σ c over the terms whose carriers are all in S, as in the SOUM benchmark of shapiq.
  public static func sumOfUnanimity(
    _ terms: [(coefficient: Double, carriers: [Int])], playerCount: Int,
    name: String = "sum of unanimity games"
  ) -> ClosureGame {
    var phi = [Double](repeating: 0, count: playerCount)
    for term in terms {
      for player in term.carriers { phi[player] += term.coefficient / Double(term.carriers.count) }
    }
    return ClosureGame(name, playerCount: playerCount, shapleyValues: phi) { members in
      terms.reduce(0) { sum, term in
        sum + (term.carriers.allSatisfy { members[$0] } ? term.coefficient : 0)
      }
    }
  }

  /// v(S) = 1 where all of `present` (not empty) and none of `absent` are in S.
  public static func mixedUnanimity(
    present: [Int], absent: [Int], playerCount: Int
  ) -> ClosureGame {
    let a = present.count
    let b = absent.count
    // (a − 1)! b! / (a + b)! = 1 / (a C(a + b, a)), and likewise for the others.
    let choices = binomial(a + b, a)
    var phi = [Double](repeating: 0, count: playerCount)
    for player in present { phi[player] = 1 / (Double(a) * choices) }
    for player in absent { phi[player] = -1 / (Double(b) * choices) }
    return ClosureGame("mixed unanimity", playerCount: playerCount, shapleyValues: phi) { members in
      present.allSatisfy { members[$0] } && !absent.contains { members[$0] } ? 1 : 0
    }
  }

  /// v(S) = −1 to the number of `carriers` outside S.
  public static func parity(of carriers: [Int], playerCount: Int) -> ClosureGame {
    var phi = [Double](repeating: 0, count: playerCount)
    if carriers.count % 2 == 1 {
      for player in carriers { phi[player] = 2 / Double(carriers.count) }
    }
    return ClosureGame("parity", playerCount: playerCount, shapleyValues: phi) { members in
      carriers.reduce(1) { members[$1] ? $0 : -$0 }
    }
  }

  /// v(S) = Σ_{i∈S} wᵢ + Σ B_ij over the pairs i < j in S.
  public static func quadratic(_ weights: [Double], _ pairs: [[Double]]) -> ClosureGame {
    let n = weights.count
    var phi = weights
    for i in 0..<n {
      for j in (i + 1)..<max(n, i + 1) {
        phi[i] += pairs[i][j] / 2
        phi[j] += pairs[i][j] / 2
      }
    }
    return ClosureGame("quadratic", playerCount: n, shapleyValues: phi) { members in
      let players = members.players
      var sum = 0.0
      for (position, i) in players.enumerated() {
        sum += weights[i]
        for j in players[(position + 1)...] { sum += pairs[i][j] }
      }
      return sum
    }
  }
}

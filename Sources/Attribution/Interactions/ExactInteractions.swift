/// Pair interactions of a game by enumeration.
public enum ExactInteractions {
  /// All pair interactions of each output.
  ///
  /// From the Möbius transform m of the game: I_ij = Σ_{T∋i,j} m(T)/(|T| − 1).
  ///
  /// - Precondition: At most ``ExactShapley/maximumPlayerCount`` players.
  /// - Complexity: 2ⁿ evaluations and O(*n*² 2ⁿ) operations an output.
  public static func values(
    of game: any Game, batchSize: Int = EvaluationBatches.defaultSize
  ) throws -> [[PairInteraction]] {
    let n = game.playerCount
    precondition(n <= ExactShapley.maximumPlayerCount)
    guard n > 1 else { return (0..<game.outputCount).map { _ in [] } }
    var table = CoalitionTable(playerCount: n, outputCount: game.outputCount)
    try table.fill(from: game, batchSize: batchSize)
    return (0..<game.outputCount).map { output in
      let sums = pairSums(
        of: mobius((0..<1 << n).map { table.value(of: $0, output: output) }, n), n)
      return (0..<n).flatMap { first in
        (first + 1..<n).map { second in
          PairInteraction(
            first: first, second: second, value: sums[first * n + second], standardError: nil)
        }
      }
    }
  }

  /// m(T) = Σ_{S⊆T} (−1)^{|T∖S|} v(S), for all T.
  private static func mobius(_ values: [Double], _ n: Int) -> [Double] {
    var m = values
    for player in 0..<n {
      for coalition in m.indices where coalition >> player & 1 == 1 {
        m[coalition] -= m[coalition ^ (1 << player)]
      }
    }
    return m
  }

  /// Σ_{T∋i,j} m(T)/(|T| − 1) at *n* i + j for i < j.
  private static func pairSums(of m: [Double], _ n: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: n * n)
    for coalition in m.indices where coalition.nonzeroBitCount > 1 && m[coalition] != 0 {
      let share = m[coalition] / Double(coalition.nonzeroBitCount - 1)
      var left = coalition
      while left != 0 {
        let first = left.trailingZeroBitCount
        left &= left - 1
        var others = left
        while others != 0 {
          sums[first * n + others.trailingZeroBitCount] += share
          others &= others - 1
        }
      }
    }
    return sums
  }
}

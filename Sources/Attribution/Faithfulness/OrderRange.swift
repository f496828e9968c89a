/// The smallest and the largest AOPC that any order of the players has.
///
/// Raw AOPC cannot be compared between games: some have no order with a large one. Between these
/// two it can: J. Edin and others: "Normalized AOPC", ACL 2025.
public struct OrderRange: Sendable, Equatable {
  /// The AOPC of the worst order.
  public let lowest: Double
  /// The AOPC of the best order.
  public let highest: Double

  /// Goes through all coalitions of `game`, of at most 20 players, instead of all orders.
  ///
  /// An order is a way from N to ∅ that drops one player a step, and its AOPC the mean of the losses
  /// ℓ(S) = v(N) − v(S) on it. With best(N) = ℓ(N) and best(S) = ℓ(S) + max over i ∉ S of
  /// best(S ∪ i), the best order has best(∅) / (*n* + 1).
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  /// - Complexity: 2ⁿ evaluations and *n* 2ⁿ comparisons.
  public init(of game: any Game, output: Int) throws {
    let n = game.playerCount
    precondition(n <= ExactShapley.maximumPlayerCount)
    let all = 1 << n
    var coalitions = Coalitions(playerCount: n)
    coalitions.reserveCapacity(all)
    for coalition in 0..<all { coalitions.append(CollectionOfOne(UInt64(coalition))) }
    let values = try EvaluationBatches.column(output, of: coalitions, in: game)
    var best = [Double](repeating: 0, count: all)
    var worst = best
    for coalition in (0..<all).reversed() {
      let loss = values[all - 1] - values[coalition]
      var (most, least) = (-Double.infinity, Double.infinity)
      var absent = ~coalition & (all - 1)
      while absent != 0 {
        let larger = coalition | absent & -absent
        most = max(most, best[larger])
        least = min(least, worst[larger])
        absent &= absent - 1
      }
      best[coalition] = coalition == all - 1 ? loss : loss + most
      worst[coalition] = coalition == all - 1 ? loss : loss + least
    }
    lowest = worst[0] / Double(n + 1)
    highest = best[0] / Double(n + 1)
  }

  /// Where `aopc` lies between the worst order, 0, and the best, 1; `nil` where all orders are alike.
  public func normalized(_ aopc: Double) -> Double? {
    let range = highest - lowest
    guard range > 1e-12 * max(1, abs(lowest), abs(highest)) else { return nil }
    return min(1, max(0, (aopc - lowest) / range))
  }
}

/// A game that counts the distinct coalitions it is asked for, in 16 bytes each.
final class CountedGame: Game {
  private let game: any Game
  // Only counted, never gone through: its order is random.
  private var seen: Set<CoalitionFingerprint> = []

  init(_ game: any Game) { self.game = game }

  var playerCount: Int { game.playerCount }
  var outputCount: Int { game.outputCount }

  /// The number of distinct coalitions so far.
  var distinctCount: Int { seen.count }

  func values(of coalitions: Coalitions) throws -> [Double] {
    for index in 0..<coalitions.count { seen.insert(CoalitionFingerprint(coalitions[index])) }
    return try game.values(of: coalitions)
  }
}

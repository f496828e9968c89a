/// A game among the players of a carrier alone: v(S) = v(S ∩ T) for all S, the others being null players.
///
/// L. S. Shapley: "A Value for n-Person Games", 1953, section 2.
///
/// The others go with the larger part, so that complements stay complements.
final class CarrierGame: Game {
  private let game: any Game
  /// The players that count, ascending.
  private let carrier: [Int]
  /// The words of all others together.
  private let others: [UInt64]

  init(_ game: any Game, carrier: [Int]) {
    self.game = game
    self.carrier = carrier
    var members = Coalitions(playerCount: game.playerCount)
    members.append(Self.words(carrier, of: members))
    members.appendComplement(of: members[0])
    others = Array(members[1])
  }

  var playerCount: Int { carrier.count }
  var outputCount: Int { game.outputCount }

  func values(of coalitions: Coalitions) throws -> [Double] {
    try game.values(of: expanded(coalitions))
  }

  /// Coalitions of the carrier as coalitions of all players.
  func expanded(_ coalitions: Coalitions) -> Coalitions {
    var result = Coalitions(playerCount: game.playerCount)
    result.reserveCapacity(coalitions.count)
    for index in coalitions.indices {
      let members = carrier.indices.filter { coalitions.contains($0, in: index) }
      var words = Self.words(members.map { carrier[$0] }, of: result)
      // Of two halves, one has the first player.
      let isLarger =
        2 * members.count > carrier.count
        || 2 * members.count == carrier.count && members.first == 0
      if isLarger { for word in words.indices { words[word] |= others[word] } }
      result.append(words)
    }
    return result
  }

  private static func words(_ players: [Int], of coalitions: Coalitions) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: coalitions.wordsPerCoalition)
    for player in players { words[player >> 6] |= 1 << UInt64(player & 63) }
    return words
  }
}

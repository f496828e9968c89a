/// The game whose players are the groups of another game's players: a coalition of groups is worth
/// what all their members together are.
final class QuotientGame: Game {
  private let game: any Game
  private let groups: PlayerGroups

  init(_ game: any Game, groups: PlayerGroups) {
    self.game = game
    self.groups = groups
  }

  var playerCount: Int { groups.count }
  var outputCount: Int { game.outputCount }

  func values(of coalitions: Coalitions) throws -> [Double] {
    var unions = Coalitions(playerCount: groups.playerCount)
    unions.reserveCapacity(coalitions.count)
    for index in 0..<coalitions.count {
      var words = [UInt64](repeating: 0, count: unions.wordsPerCoalition)
      for group in 0..<groups.count where coalitions.contains(group, in: index) {
        groups.add(group, to: &words)
      }
      unions.append(words)
    }
    return try game.values(of: unions)
  }
}

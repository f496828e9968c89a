import Attribution

/// The players of one coalition of a batch.
public struct Members {
  private let coalitions: Coalitions
  private let index: Int

  /// The players of coalition `index`.
  public init(_ coalitions: Coalitions, _ index: Int) {
    self.coalitions = coalitions
    self.index = index
  }

  /// The number of players in the coalition.
  public var count: Int { coalitions.size(of: index) }

  /// The number of players of the game.
  public var playerCount: Int { coalitions.playerCount }

  /// Whether `player` is in the coalition.
  public subscript(player: Int) -> Bool { coalitions.contains(player, in: index) }

  /// The players in the coalition, in order.
  public var players: [Int] { (0..<playerCount).filter { self[$0] } }

  /// 1 for players in the coalition and 0 for the others.
  public func indicator(_ player: Int) -> Double { self[player] ? 1 : 0 }
}

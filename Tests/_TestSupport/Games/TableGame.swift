import Attribution

/// A game of at most 20 players given by the values of all coalitions.
///
/// Player *i* is in coalition `c` where bit *i* of `c` is set.
public final class TableGame: Game {
  /// The number of players.
  public let playerCount: Int
  /// The number of outputs.
  public let outputCount: Int
  /// The values, one row a coalition.
  public let table: [Double]

  /// Makes a game from a table of `outputCount` · 2ⁿ values.
  public init(playerCount: Int, outputCount: Int = 1, table: [Double]) {
    precondition(table.count == outputCount << playerCount)
    self.playerCount = playerCount
    self.outputCount = outputCount
    self.table = table
  }

  /// Tables another game.
  public convenience init(of game: any Game) throws {
    var all = Coalitions(playerCount: game.playerCount)
    for coalition in 0..<(1 << game.playerCount) {
      all.append(CollectionOfOne(UInt64(coalition)))
    }
    self.init(
      playerCount: game.playerCount, outputCount: game.outputCount,
      table: try game.values(of: all))
  }

  /// A game of random values in [−1, 1).
  public convenience init(randomFor playerCount: Int, outputCount: Int = 1, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    self.init(
      playerCount: playerCount, outputCount: outputCount,
      table: (0..<(outputCount << playerCount)).map { _ in 2 * generator.unit() - 1 })
  }

  /// The values of coalitions.
  public func values(of coalitions: Coalitions) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(coalitions.count * outputCount)
    for word in coalitions.words {
      for output in 0..<outputCount { values.append(table[Int(word) * outputCount + output]) }
    }
    return values
  }

  /// The game with each row of values replaced by what `change` makes of it and of its coalition.
  public func map(_ change: (_ coalition: Int, _ row: ArraySlice<Double>) -> [Double]) -> TableGame
  {
    let rows = (0..<(1 << playerCount)).map { coalition in
      change(coalition, table[coalition * outputCount..<(coalition + 1) * outputCount])
    }
    return TableGame(
      playerCount: playerCount, outputCount: rows[0].count, table: rows.flatMap { $0 })
  }
}

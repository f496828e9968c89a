extension Coalitions {
  /// Appends the coalition of all players but the given ones.
  public mutating func append(without players: some Sequence<Int>) {
    var words = [UInt64](repeating: 0, count: wordsPerCoalition)
    for player in players { words[player >> 6] |= 1 << UInt64(player & 63) }
    appendComplement(of: words)
  }
}

extension EvaluationBatches {
  /// One output's values of `coalitions`.
  static func column(
    _ output: Int, of coalitions: Coalitions, in game: any Game
  ) throws -> [Double] {
    let outputs = game.outputCount
    let rows = try values(of: coalitions, in: game, batchSize: defaultSize)
    return (0..<coalitions.count).map { rows[$0 * outputs + output] }
  }
}

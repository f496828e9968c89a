/// Evaluation of many coalitions in batches of bounded size.
public enum EvaluationBatches {
  /// The batch size of estimators that are not told one.
  public static let defaultSize = 4096

  /// The values of `coalitions`, row-major, with the game asked for at most `batchSize` coalitions
  /// at once.
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  static func values(
    of coalitions: Coalitions, in game: any Game, batchSize: Int
  ) throws -> [Double] {
    precondition(batchSize > 0)
    let outputs = game.outputCount
    var values: [Double] = []
    values.reserveCapacity(coalitions.count * outputs)
    for start in stride(from: 0, to: coalitions.count, by: batchSize) {
      let end = min(start + batchSize, coalitions.count)
      var batch = Coalitions(playerCount: coalitions.playerCount)
      batch.reserveCapacity(end - start)
      for index in start..<end { batch.append(coalitions[index]) }
      values += try checked(game.values(of: batch), of: batch, outputs: outputs)
    }
    return values
  }
}

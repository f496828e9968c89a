/// Leave-one-out: what the value loses when one player goes, v(N) − v(N∖i).
///
/// The cheapest attribution, and the reference that others are compared with. It does not share out
/// what players do together: where either of two players suffices, both have 0. Therefore the
/// values do not add up to v(N) − v(∅), except in additive games.
public struct LeaveOneOut: Sendable, Equatable {
  /// v(∅) of each output.
  public let emptyValues: [Double]
  /// v(N) of each output.
  public let grandValues: [Double]
  /// v(N) − v(N∖i) of each output, and in it of each player.
  ///
  /// Differences that are rounding errors, up to 1e-12 · max(1, |v(N)|), are 0, so that a ranking
  /// does not rank them.
  public let values: [[Double]]

  /// The values of `game`.
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  /// - Complexity: *n* + 2 evaluations.
  public init(of game: any Game) throws {
    let n = game.playerCount
    let outputs = game.outputCount
    var coalitions = Coalitions(playerCount: n)
    coalitions.appendEmpty()
    coalitions.appendGrand()
    for player in 0..<n { coalitions.append(without: [player]) }
    let rows = try EvaluationBatches.values(
      of: coalitions, in: game, batchSize: EvaluationBatches.defaultSize)
    let grandValues = Array(rows[outputs..<2 * outputs])
    emptyValues = Array(rows[..<outputs])
    self.grandValues = grandValues
    values = (0..<outputs).map { output in
      let grand = grandValues[output]
      return (0..<n).map { player in
        let loss = grand - rows[(player + 2) * outputs + output]
        return loss.magnitude <= 1e-12 * max(1, grand.magnitude) ? 0 : loss
      }
    }
  }
}

import Attribution
import Classification

/// The game whose players are a text's tokens or types and whose values are a classifier's outputs for the text
/// with only the present players in it.
final class MaskedTextGame: Game {
  let players: Players
  private let pool: EvaluationPool
  let values: OutputValues
  private let asked: RowSet

  /// The number of distinct coalitions this game was asked for, whoever had them scored.
  var distinctCount: Int { asked.count }
  /// The smallest and the largest value seen, for each output.
  private(set) var extremes: [(smallest: Double, largest: Double)]
  /// Whether any value was clipped to stay finite, for each output.
  private(set) var isSaturated: [Bool]

  /// Makes a game over a pool's pieces for the outputs of `values`.
  ///
  /// - Parameter asked: what the game is asked for is noted there; several games that are counted together share it.
  init(
    players: Players, pool: EvaluationPool, values: OutputValues, asked: RowSet = RowSet()
  ) {
    self.asked = asked
    self.players = players
    self.pool = pool
    self.values = values
    extremes = Array(repeating: (.infinity, -.infinity), count: values.count)
    isSaturated = Array(repeating: false, count: values.count)
  }

  var playerCount: Int { players.count }
  var outputCount: Int { values.count }

  func values(of coalitions: Coalitions) throws -> [Double] {
    let rows = try pool.rows(of: masks(of: coalitions))
    var result: [Double] = []
    result.reserveCapacity(rows.count * values.count)
    for row in rows {
      let isNew = asked.insert(row)
      let scores = pool.scores(ofRow: row)
      for output in 0..<values.count {
        let (value, isClipped) = values.value(output, of: scores)
        result.append(value)
        if isNew {
          extremes[output].smallest = min(extremes[output].smallest, value)
          extremes[output].largest = max(extremes[output].largest, value)
          if isClipped { isSaturated[output] = true }
        }
      }
    }
    return result
  }

  /// Whether this game was asked for a coalition, given by its words.
  func wasAsked(for coalition: ArraySlice<UInt64>) -> Bool {
    var batch = Coalitions(playerCount: players.count)
    batch.append(coalition)
    return pool.row(of: masks(of: batch)[...]).map(asked.contains) ?? false
  }

  /// Whether the classifier answers every coalition seen so far alike, up to rounding.
  func isConstant(_ output: Int) -> Bool {
    let (smallest, largest) = extremes[output]
    return largest - smallest <= 1e-12 * max(1, abs(smallest), abs(largest))
  }

  /// Coalitions of players as masks of pieces.
  private func masks(of coalitions: Coalitions) -> [UInt64] {
    // One piece a player, in the same order: a coalition is its own mask.
    if players.count == pool.masking.pieces.count { return coalitions.words }
    let words = pool.masking.wordsPerMask
    var masks = [UInt64](repeating: 0, count: coalitions.count * words)
    for index in 0..<coalitions.count {
      for (group, bits) in coalitions[index].enumerated() {
        var remaining = bits
        while remaining != 0 {
          for piece in players.pieces[group * 64 + remaining.trailingZeroBitCount] {
            masks[index * words + piece >> 6] |= 1 << UInt64(piece & 63)
          }
          remaining &= remaining - 1
        }
      }
    }
    return masks
  }
}

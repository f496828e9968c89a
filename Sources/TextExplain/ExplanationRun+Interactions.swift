import Attribution
import ExplanationModel

extension ExplanationRun {
  /// The strongest pair interactions of each output; nil where none are asked for, or the estimator leaves nothing
  /// to tell them from, as for Owen values.
  ///
  /// They cost no evaluations: an enumeration has all coalitions, and estimators leave a pool of pairs.
  func interactions(
    in game: MaskedTextGame, by result: ShapleyValues
  ) throws -> [[Interaction]]? {
    guard options.interactions > 0 else { return nil }
    let n = game.playerCount
    let isEnumerated =
      n <= ExactShapley.maximumPlayerCount && result.evaluations == 1 << n
    let all: [[PairInteraction]]
    if isEnumerated {
      all = try ExactInteractions.values(of: game)
    } else if let pool = result.pool {
      all = values.columns.indices.map {
        PooledInteractions.values(from: pool, output: $0, shapleyValues: result.values[$0])
      }
    } else {
      return nil
    }
    let texts = game.players.pieces.map { pieceTexts[$0[0]] }
      .map { String(decoding: $0, as: UTF8.self) }
    return all.map { interactions in
      interactions.strongest(options.interactions).map { interaction in
        Interaction(
          players: [interaction.first, interaction.second],
          texts: [texts[interaction.first], texts[interaction.second]],
          value: interaction.value, standardError: interaction.standardError)
      }
    }
  }
}

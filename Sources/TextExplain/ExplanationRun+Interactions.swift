import Attribution
import ExplanationModel

extension ExplanationRun {
  /// The strongest pair interactions of each output; nil where none are asked for.
  ///
  /// They cost no evaluations: an enumeration has all coalitions, and estimators leave a pool of pairs.
  func interactions(
    in game: MaskedTextGame, by result: ShapleyValues
  ) throws -> [[Interaction]]? {
    guard options.interactions > 0 else { return nil }
    let n = game.playerCount
    let isEnumerated =
      n <= ExactShapley.maximumPlayerCount && result.evaluations == 1 << n
    let all: [[PairInteraction]] =
      isEnumerated
      ? try ExactInteractions.values(of: game)
      : values.columns.indices.map { output in
        result.pool.map {
          PooledInteractions.values(
            from: $0, output: output, shapleyValues: result.values[output])
        } ?? []
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

import Attribution
import ExplanationModel

extension ExplanationRun {
  /// Leave-one-out values of each explained output.
  func leaveOneOutExplanations(of game: MaskedTextGame) throws -> [Explanation] {
    let result = try LeaveOneOut(of: game)
    return values.columns.indices.map { output in
      explanation(
        output: output, game: game, detail: .leaveOneOut, base: result.emptyValues[output],
        value: result.grandValues[output],
        attributions: attributions(game.players, values: result.values[output]),
        evaluations: EvaluationCount(distinct: game.distinctCount),
        diagnostics: commonDiagnostics(of: output, in: game))
    }
  }
}

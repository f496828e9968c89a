import Attribution
import ExplanationModel

extension ExplanationRun {
  /// The explanations of one method with their checks, where those are asked for and something can be checked.
  func checked(
    _ explanations: [Explanation], from game: MaskedTextGame
  ) throws -> [Explanation] {
    guard let alternative, game.playerCount > 0 else { return explanations }
    return try explanations.map { explanation in
      var explanation = explanation
      explanation.checks = try ExplanationChecks(
        of: explanation, from: game, pool: pool, alternative: alternative, limits: checkLimits
      ).run()
      return explanation
    }
  }

  private var checkLimits: ExplanationChecks.Limits {
    ExplanationChecks.Limits(isSlow: ExplainerOptions.isSlow(costMicroseconds: cost))
  }

  /// About the most evaluations that the checks of a method can need.
  func mostCheckEvaluations(_ method: ExplainerOptions.Method) -> Int {
    guard options.includesChecks else { return 0 }
    let n = players(for: method).count
    let orders = n <= checkLimits.orderPlayers ? 1 << n : 0
    // The two curves and putting players back; all labels share the rest.
    return 4 * n * labels.indices.count + 2 * n + 2 * checkLimits.coalitions
      + max(orders, checkLimits.flipSets)
  }
}

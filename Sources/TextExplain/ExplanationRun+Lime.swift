import Attribution
import ExplanationModel

extension ExplanationRun {
  /// A surrogate that explains less than this part of the weighted variance is called a poor fit.
  private static let lowFidelity = 0.5
  /// With so few players lime's ridge penalty shrinks the coefficients visibly.
  private static let fewPlayers = 3

  /// LIME's draws, the full text included.
  var limeSamples: Int { options.limeSamples(costMicroseconds: cost) }

  /// Word-presence LIME of each explained output.
  func limeExplanations(of game: MaskedTextGame) throws -> [Explanation] {
    let result = try limeResult(of: game)
    var ends = Coalitions(playerCount: game.playerCount)
    ends.appendEmpty()
    ends.appendGrand()
    let endValues = try game.values(of: ends)
    return values.columns.indices.map { output in
      explanation(
        of: output, in: game, by: result, base: endValues[output],
        value: endValues[values.count + output])
    }
  }

  /// What LIME of the chosen mode finds; nil where there is no player.
  private func limeResult(of game: MaskedTextGame) throws -> LimeResult? {
    let chosen = LimeOptions(
      samples: limeSamples, kernelWidth: options.kernelWidth, features: options.limeFeatures,
      selection: options.limeSelection, seed: options.seed)
    switch options.limeMode {
    case .compatible:
      let lime = try Lime(chosen)
      return game.playerCount == 0 ? nil : try lime.fit(game)
    case .stable:
      let lime = try StableLime(chosen, tolerance: options.tolerance)
      return game.playerCount == 0 ? nil : try lime.fit(game)
    }
  }

  /// - Parameter result: nil where there is no player.
  private func explanation(
    of output: Int, in game: MaskedTextGame, by result: LimeResult?, base: Double, value: Double
  ) -> Explanation {
    let fit = result?.surrogates[output]
    var diagnostics = commonDiagnostics(of: output, in: game)
    if let fit, !game.isConstant(output) {
      if options.limeMode == .compatible, game.playerCount <= Self.fewPlayers {
        diagnostics.append(.fewPlayers(game.playerCount))
      }
      // One word alone acts together with none.
      let fidelity = fit.heldOutFidelity ?? fit.fidelity
      if fidelity < Self.lowFidelity, game.playerCount > 1 {
        diagnostics.append(
          .lowFidelity(fidelity, hasShapley: options.methods.contains(.shapley)))
      }
      if fit.isConverged == false {
        diagnostics.append(
          .notConverged(relativeError: fit.relativeStandardError, limeSamples: limeSamples))
      }
    }
    let isStable = options.limeMode == .stable
    return explanation(
      output: output, game: game,
      detail: .lime(
        LimeDetail(
          mode: options.limeMode.rawValue, samples: result?.samples ?? 1,
          kernelWidth: options.kernelWidth,
          selection: (result?.selection ?? LimeSelection.none).rawValue,
          intercept: fit?.intercept ?? value, localPrediction: fit?.localPrediction ?? value,
          fidelity: fit?.fidelity ?? 1, heldOutFidelity: fit?.heldOutFidelity,
          effectiveSamples: result?.effectiveSamples, converged: fit?.isConverged)),
      base: base, value: value,
      attributions: attributions(
        game.players, values: fit?.coefficients ?? [], standardErrors: fit?.standardErrors),
      evaluations: EvaluationCount(
        budget: isStable ? limeSamples : nil, distinct: game.distinctCount),
      diagnostics: diagnostics)
  }
}

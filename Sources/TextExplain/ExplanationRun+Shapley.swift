import Attribution
import Classification
import ExplanationModel

extension ExplanationRun {
  /// A sampled estimate has converged when its largest standard error is at most this part of the spread of the
  /// values.
  private static let tolerance = 0.02
  /// Coalitions asked for between two looks at the clock.
  private static let timedBatch = 64
  /// The most evaluations of a run that the clock stops: what follows them takes time, too.
  private static let timedEvaluations = 100_000

  /// The evaluations that Shapley values may use.
  func shapleyBudget(_ players: Players) -> Int {
    min(
      ExplainerOptions.coalitionCount(players: players.count),
      options.budget ?? (options.time == nil ? nil : Self.timedEvaluations)
        ?? ExplainerOptions.standardBudget(
          players: players.count, estimator: options.estimator, costMicroseconds: cost))
  }

  /// Shapley values of each explained output.
  func shapleyExplanations(of game: MaskedTextGame) throws -> [Explanation] {
    let budget = shapleyBudget(game.players)
    let result = try estimator(players: game.players, budget: budget).values(of: game)
    let interactions = try interactions(in: game, by: result)
    return values.columns.indices.map { output in
      explanation(
        of: output, in: game, by: result, interactions: interactions?[output], budget: budget)
    }
  }

  private func estimator(players: Players, budget: Int) -> any ShapleyEstimator {
    return switch options.estimator ?? automatic(players: players, budget: budget) {
    case .exact: ExactShapley(budget: options.budget)
    case .kernel: KernelShapley(budget: budget, seed: options.seed)
    case .permutation: PermutationShapley(budget: budget, seed: options.seed)
    case .surrogate: surrogate(players: players.count, budget: budget)
    case .owen:
      OwenShapley(groups: sentenceGroups(of: players), budget: budget, seed: options.seed)
    }
  }

  /// Rules of the numbers of players and evaluations, except that only the surrogate stops by the clock or in order of
  /// strength.
  private func automatic(players: Players, budget: Int) -> ShapleyEstimatorKind {
    if options.time != nil { return .surrogate }
    let kind = ShapleyEstimatorKind.automatic(playerCount: players.count, budget: budget)
    return kind == .kernel && options.settledCount != nil ? .surrogate : kind
  }

  private func sentenceGroups(of players: Players) -> PlayerGroups {
    SentenceGroups.groups(sentences: players.pieces.map { pieceSentences[$0[0]] })
  }

  private func surrogate(players: Int, budget: Int) -> SurrogateShapley {
    var surrogate = SurrogateShapley(
      budget: budget, seed: options.seed,
      batchSize: options.time == nil ? EvaluationBatches.defaultSize : Self.timedBatch)
    surrogate.tolerance = options.tolerance
    // All players, or more, cannot be told apart from others: a note says so.
    surrogate.settledCount = options.settledCount.flatMap { $0 < players ? $0 : nil }
    surrogate.valueTolerance = pool.classifier.description.tolerance
    if let time = options.time {
      let end = SuspendingClock.now + .seconds(time)
      surrogate.shouldStop = { SuspendingClock.now >= end }
    }
    return surrogate
  }

  /// Exact values without rounding errors where a player changes nothing.
  ///
  /// Rankings compare them, and would else rank noise.
  private func cleaned(_ values: [Double], _ game: MaskedTextGame, _ output: Int) -> [Double] {
    let (smallest, largest) = game.extremes[output]
    let noise = 1e-14 * max(abs(smallest), abs(largest))
    return values.map { abs($0) <= noise ? 0 : $0 }
  }

  private func explanation(
    of output: Int, in game: MaskedTextGame, by result: ShapleyValues,
    interactions: [Interaction]?, budget: Int
  ) -> Explanation {
    // What a run that was stopped reached is the budget that repeats it.
    let budget = result.wasStopped ? result.evaluations : budget
    let base = result.emptyValues[output]
    let value = result.grandValues[output]
    let isConstant = game.isConstant(output)
    let zeros = [Double](repeating: 0, count: game.playerCount)
    let found = result.values[output]
    let phi = isConstant ? zeros : result.isExact ? cleaned(found, game, output) : found
    let errors = result.isExact ? nil : isConstant ? zeros : result.standardErrors?[output]

    var diagnostics = commonDiagnostics(of: output, in: game)
    if options.estimator == nil, result.estimator == .owen {
      diagnostics.append(.owenValues(players: game.playerCount))
    }
    var converged: Bool?
    if !result.isExact {
      let relativeError = isConstant ? 0 : result.relativeStandardError(of: output)
      let tolerance = options.tolerance > 0 ? options.tolerance : Self.tolerance
      let isSmall = relativeError.map { $0 <= tolerance } ?? false
      let isSearched = result.estimator == .surrogate && result.certificate == nil && !isConstant
      let wanted = isSearched ? options.settledCount : nil
      let isSettled = wanted.map {
        Separation.isSettled(phi, errors: errors ?? zeros, count: $0)
      }
      converged = isSettled ?? isSmall
      if let wanted, isSettled == false {
        diagnostics.append(
          .notSettled(count: wanted, players: game.playerCount, budget: budget))
      } else if converged == false {
        diagnostics.append(
          .notConverged(
            relativeError: relativeError, budget: budget, players: game.playerCount,
            isSimulated: result.certificate != nil && result.evaluations < budget))
      }
    }
    return explanation(
      output: output, game: game,
      detail: .shapley(
        ShapleyDetail(
          estimator: result.estimator.rawValue, exact: result.isExact,
          certificate: result.certificate.map {
            Certificate(name: $0.name, freshCoalitions: $0.freshCoalitions, bound: $0.bound)
          },
          efficiencyGap: phi.reduce(0, +) - (value - base), converged: converged,
          interactions: interactions,
          // A group is a run of players.
          sentences: result.estimator == .owen
            ? sentenceGroups(of: game.players).members.map { $0[0]..<$0[0] + $0.count } : nil)),
      base: base, value: value,
      attributions: attributions(game.players, values: phi, standardErrors: errors),
      evaluations: EvaluationCount(
        budget: budget, distinct: result.evaluations),
      diagnostics: diagnostics)
  }
}

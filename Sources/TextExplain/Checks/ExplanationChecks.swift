import Attribution
import Classification
import ExplanationModel

/// Checks one explanation against the classifier, through the pool that all methods share.
struct ExplanationChecks {
  private let explanation: Explanation
  /// The game that the explanation was made from, which knows what it was asked for.
  private let origin: MaskedTextGame
  private let pool: EvaluationPool
  /// The same text under the other rule of removal.
  private let alternative: EvaluationPool
  private let limits: Limits
  private let seed: UInt64

  /// What is asked, all for the explained label alone, and what is counted.
  private let values: OutputValues
  private let game: MaskedTextGame
  private let asked = RowSet()
  private let askedOfAlternative = RowSet()

  private let phi: [Double]
  private let order: [Int]

  /// How much is asked of a classifier.
  struct Limits {
    /// Coalitions for each of the two laws.
    let coalitions: Int
    /// Players whose coalitions are all tried for the best and the worst order.
    let orderPlayers: Int
    /// Sets that are tried for the smallest that turns the decision.
    let flipSets: Int

    /// For a slow classifier an eighth.
    init(isSlow: Bool) {
      coalitions = isSlow ? 64 : 256
      orderPlayers = isSlow ? 9 : 12
      flipSets = isSlow ? 512 : 4096
    }
  }

  init(
    of explanation: Explanation, from origin: MaskedTextGame, pool: EvaluationPool,
    alternative: EvaluationPool, limits: Limits
  ) {
    self.explanation = explanation
    self.origin = origin
    self.pool = pool
    self.alternative = alternative
    self.limits = limits
    seed = explanation.seed
    values = origin.values.only(column: explanation.labelIndex)
    game = MaskedTextGame(players: origin.players, pool: pool, values: values, asked: asked)
    phi = explanation.attributions.map(\.value)
    order = RankingCurves.order(by: phi)
  }

  /// The checks.
  ///
  /// - Throws: ``ClassifierError``, ``GameError``.
  func run() throws -> Checks {
    var checks = Checks(evaluations: EvaluationCount(distinct: 0))
    try addRankings(to: &checks)
    try addAdditivity(to: &checks)
    try addLeaveOneOut(to: &checks)
    try addFlip(to: &checks)
    // The full text is the same under both rules.
    checks.evaluations.distinct = asked.count + askedOfAlternative.count - 1
    return checks
  }

  private func addRankings(to checks: inout Checks) throws {
    let curves = try RankingCurves(of: game, output: 0, order: order)
    let erasure = Erasure(curves)
    checks.comprehensiveness = erasure.comprehensiveness
    checks.sufficiency = erasure.sufficiency
    checks.bins = erasure.bins.map {
      Checks.Bin(
        percent: $0.percent, players: $0.players, comprehensiveness: $0.comprehensiveness,
        sufficiency: $0.sufficiency)
    }
    checks.aopc = curves.aopc
    if game.playerCount <= limits.orderPlayers {
      checks.normalizedAOPC = try OrderRange(of: game, output: 0).normalized(curves.aopc)
    }
    checks.deletionArea = curves.deletionArea
    checks.insertionArea = curves.insertionArea
  }

  private func addAdditivity(to checks: inout Checks) throws {
    checks.efficiencyGap = abs(phi.reduce(0, +) - (explanation.value - explanation.baseValue))
    let n = game.playerCount
    let anchored = AdditiveModel(grandValue: explanation.value, attributions: phi)
    if let drawn = fresh(.shapleyKernel) {
      let fit = try AdditiveFit(
        of: anchored, to: game, output: 0, on: drawn.coalitions, weights: drawn.weights)
      checks.infidelity = fit.meanSquaredError
      checks.infidelityRatio = fit.errorRatio
    }
    if let drawn = fresh(.uniformSize) {
      let model =
        switch explanation.detail {
        case .shapley: AdditiveModel(intercept: explanation.baseValue, attributions: phi)
        case .lime(let detail): AdditiveModel(intercept: detail.intercept, attributions: phi)
        case .leaveOneOut: anchored
        }
      checks.heldOutR2 =
        try AdditiveFit(
          of: model, to: game, output: 0, on: drawn.coalitions, weights: drawn.weights
        ).rSquared
      let proximity = ProximityKernel(width: LimeOptions().kernelWidth).weights(playerCount: n)
      let near = drawn.weights.indices.map {
        drawn.weights[$0] * proximity[drawn.coalitions.size(of: $0)]
      }
      checks.heldOutLocalR2 =
        try AdditiveFit(
          of: model, to: game, output: 0, on: drawn.coalitions, weights: near
        ).rSquared
      checks.heldOutCoalitions = drawn.isFresh ? drawn.coalitions.count : 0
    }
  }

  private func fresh(_ law: CoalitionLaw) -> FreshCoalitions? {
    FreshCoalitions(
      law: law, playerCount: game.playerCount, count: limits.coalitions, seed: seed,
      isUsed: origin.wasAsked)
  }

  private func addLeaveOneOut(to checks: inout Checks) throws {
    let here = try LeaveOneOut(of: game).values[0]
    let there = try LeaveOneOut(
      of: MaskedTextGame(
        players: game.players, pool: alternative, values: values, asked: askedOfAlternative)
    ).values[0]
    checks.leaveOneOutTau = RankAgreement.kendallTauIfRanked(phi, here)
    checks.removalTau = RankAgreement.kendallTauIfRanked(here, there)
    checks.removalAlternative = alternative.masking.absent.name
  }

  private func addFlip(to checks: inout Checks) throws {
    let labels = pool.classifier.description.labels
    guard
      let decision = LabelDecision(
        values.kind, labelCount: labels.count, label: explanation.labelIndex)
    else { return }
    let isPredicted = decision.isPredicted(by: pool.full.values)
    // Every score decides, not the explained one alone.
    let scores = MaskedTextGame(
      players: game.players, pool: pool,
      values: OutputValues(kind: values.kind, space: .raw, columns: Array(labels.indices)),
      asked: asked)
    let standing = decision.standing(in: pool.full.values)
    let search = FlipSearch(scores, limit: limits.flipSets) {
      decision.standing(in: $0) != standing
    }
    // What speaks against a label that is not predicted goes first.
    let along = isPredicted ? order : RankingCurves.order(by: phi.map { -$0 })
    switch try search.outcome(along: along) {
    case .impossible: checks.flip = Checks.Flip(outcome: .impossible)
    case .notFound: checks.flip = Checks.Flip(outcome: .notFound)
    case .found(let players, let minimality):
      var rest = Coalitions(playerCount: game.playerCount)
      rest.append(without: players)
      let leaders = LabelDecision.leaders(of: try scores.values(of: rest)).map { labels[$0] }
      checks.flipSize = players.count
      checks.flip = Checks.Flip(
        outcome: minimality == .smallest ? .smallest : .irreducible, players: players,
        texts: players.map { explanation.attributions[$0].text },
        label: decision.isChoice && leaders.count == 1 ? leaders[0] : nil,
        tied: decision.isChoice && leaders.count > 1 ? leaders : nil)
    }
  }
}

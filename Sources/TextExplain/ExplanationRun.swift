import Attribution
import Classification
import ExplanationModel

/// One text's way from its pool of evaluations to explanations.
struct ExplanationRun {
  let options: ExplainerOptions
  let pool: EvaluationPool
  /// For each piece its index in the document's list of tokens.
  let pieceTokens: [Int]
  /// For each piece the number of the sentence that it begins in.
  let pieceSentences: [Int]
  let labels: ExplainedLabels
  let values: OutputValues
  /// Whether there is punctuation that could play.
  let hasPunctuation: Bool
  /// The text under the other rule of removal, where explanations are checked.
  let alternative: EvaluationPool?

  /// Prepares a run; the full text is scored already.
  init(
    options: ExplainerOptions, space: OutputSpace, pool: EvaluationPool, pieceTokens: [Int],
    pieceSentences: [Int], hasPunctuation: Bool
  ) {
    self.hasPunctuation = hasPunctuation
    self.options = options
    self.pool = pool
    self.pieceTokens = pieceTokens
    self.pieceSentences = pieceSentences
    alternative =
      options.includesChecks && !pieceTokens.isEmpty
      ? EvaluationPool(pool, absent: pool.masking.absent.alternative) : nil
    let description = pool.classifier.description
    labels = ExplainedLabels(
      options.label, labels: description.labels, scores: pool.full.values)
    values = OutputValues(kind: description.outputKind, space: space, columns: labels.indices)
  }

  /// All explanations, label by label and method by method, and how far the methods agree on the top label (on
  /// the first explained one, where the top label is not among them).
  func explain() throws -> (explanations: [Explanation], agreement: ExplanationModel.Agreement?) {
    var byMethod: [[Explanation]] = []
    for method in options.methods {
      let game = MaskedTextGame(players: players(for: method), pool: pool, values: values)
      let explanations =
        switch method {
        case .shapley: try shapleyExplanations(of: game)
        case .lime: try limeExplanations(of: game)
        case .loo: try leaveOneOutExplanations(of: game)
        }
      byMethod.append(try checked(explanations, from: game))
    }
    let explanations = labels.indices.indices.flatMap { output in byMethod.map { $0[output] } }
    return (explanations, agreement(among: explanations))
  }

  /// The most distinct evaluations that the methods can need, and about the most that checks can.
  var mostEvaluations: Int {
    var sum = 0
    for method in options.methods {
      let own =
        switch method {
        case .shapley: shapleyBudget(players(for: .shapley))
        case .lime: min(limeSamples, ExplainerOptions.maximumEvaluations) + 1
        case .loo: pieceTokens.count + 2
        }
      // Sums of what cannot be reached anyway stay below the largest integer.
      sum += min(own, .max / 8) + mostCheckEvaluations(method)
    }
    let all = ExplainerOptions.coalitionCount(players: pieceTokens.count)
    return alternative == nil ? min(all, sum) : min(all, sum) + 2 * (pieceTokens.count + 1)
  }

  /// The distinct texts scored so far under either rule of removal; the full text is the same under both.
  var distinctCount: Int { pool.distinctCount + (alternative.map { $0.distinctCount - 1 } ?? 0) }

  /// Time spent in the classifier.
  var modelTime: Duration { pool.modelTime + (alternative?.modelTime ?? .zero) }

  /// The typical cost of one text, by which default budgets are chosen.
  var cost: Int { pool.classifier.description.typicalCostMicroseconds }

  /// Who plays in a method's game.
  func players(for method: ExplainerOptions.Method) -> Players {
    Players(options.players.kind(for: method), of: pieceTexts)
  }

  /// For each piece its bytes.
  var pieceTexts: [ArraySlice<UInt8>] {
    pool.masking.pieces.map { pool.masking.text[$0] }
  }

  /// The explanation of one output; what differs between methods is given.
  func explanation(
    output: Int, game: MaskedTextGame, detail: Explanation.Detail, base: Double, value: Double,
    attributions: [ExplanationModel.Attribution], evaluations: EvaluationCount,
    diagnostics: [Diagnostic]
  ) -> Explanation {
    Explanation(
      label: pool.classifier.description.labels[labels.indices[output]],
      labelIndex: labels.indices[output], space: values.space.rawValue,
      players: game.players.kind.rawValue, absent: pool.masking.absent.name, detail: detail,
      baseValue: base, value: value, attributions: attributions, evaluations: evaluations,
      seed: options.seed, diagnostics: diagnostics)
  }

  /// Attributions in text order.
  func attributions(
    _ players: Players, values: [Double], standardErrors: [Double]? = nil
  ) -> [ExplanationModel.Attribution] {
    let texts = pieceTexts
    return players.pieces.enumerated().map { player, pieces in
      ExplanationModel.Attribution(
        player: player, tokens: pieces.map { pieceTokens[$0] },
        text: String(decoding: texts[pieces[0]], as: UTF8.self), value: values[player],
        standardError: standardErrors?[player])
    }
  }

  /// Shapley values against LIME, type by type.
  private func agreement(among explanations: [Explanation]) -> ExplanationModel.Agreement? {
    let label = labels.indices.contains(labels.top) ? labels.top : labels.indices.first
    let pair = explanations.filter { $0.labelIndex == label }
    guard let shapley = pair.first(where: { $0.method == "shapley" }),
      let lime = pair.first(where: { $0.method == "lime" }), !shapley.attributions.isEmpty
    else { return nil }
    let types = Players(.type, of: pieceTexts)
    let a = sums(of: shapley, over: types)
    let b = sums(of: lime, over: types)
    // Where one of them ranks nothing there is nothing to agree on.
    guard Set(a).count > 1, Set(b).count > 1 else { return nil }
    return ExplanationModel.Agreement(
      kendallTau: RankAgreement.kendallTau(a, b),
      top5Overlap: RankAgreement.topOverlap(a, b, count: min(5, types.count)))
  }

  /// For each type the sum of the attributions of all players that stand for it.
  private func sums(of explanation: Explanation, over types: Players) -> [Double] {
    var typeOfToken: [Int: Int] = [:]
    for (type, pieces) in types.pieces.enumerated() {
      for piece in pieces { typeOfToken[pieceTokens[piece]] = type }
    }
    var sums = [Double](repeating: 0, count: types.count)
    for attribution in explanation.attributions {
      if let token = attribution.tokens.first, let type = typeOfToken[token] {
        sums[type] += attribution.value
      }
    }
    return sums
  }
}

extension Masking.Absent {
  /// The name in an explanation: `remove`, `model`, or `replace:` and the replacement.
  var name: String {
    switch self {
    case .remove: "remove"
    case .replace(let filler): "replace:\(filler)"
    case .model: "model"
    }
  }
}

/// The attributions of one method for one label, with what is needed to check and to judge them.
///
/// In JSON the fields of ``detail`` lie beside the others in one object.
public struct Explanation: Sendable, Equatable {
  /// The label that is explained.
  public var label: String
  /// Its position among the prediction's labels.
  public var labelIndex: Int
  /// The output space of all values: `probability`, `logit` or `raw`.
  public var space: String
  /// What a player is: `occurrence` (one token) or `type` (all tokens with equal bytes).
  public var players: String
  /// What an absent token leaves in the text: `remove`, `model` for the model's own mask, or `replace:` and the replacement.
  public var absent: String
  /// What only this explanation's method has.
  public var detail: Detail
  /// The value of the empty coalition, v(∅).
  public var baseValue: Double
  /// The value of the full text, v(N).
  public var value: Double
  /// One entry a player, in text order, also those with the value 0.
  public var attributions: [Attribution]
  /// What this explanation alone needed.
  public var evaluations: EvaluationCount
  /// The seed of its random choices.
  public var seed: UInt64
  /// How faithful it is to the classifier, where asked for and there are players.
  public var checks: Checks?
  /// Stated doubts.
  public var diagnostics: [Diagnostic]

  /// A method's own fields.
  public enum Detail: Sendable, Equatable {
    /// Shapley values.
    case shapley(ShapleyDetail)
    /// Word-presence LIME.
    case lime(LimeDetail)
    /// Leave-one-out, which has none.
    case leaveOneOut
  }

  /// The method's name in JSON.
  public var method: String {
    switch detail {
    case .shapley: "shapley"
    case .lime: "lime"
    case .leaveOneOut: "loo"
    }
  }

  /// The Shapley values' own fields, nil for another method.
  public var shapley: ShapleyDetail? {
    if case .shapley(let detail) = detail { detail } else { nil }
  }

  /// LIME's own fields, nil for another method.
  public var lime: LimeDetail? {
    if case .lime(let detail) = detail { detail } else { nil }
  }

  /// Makes an explanation.
  public init(
    label: String, labelIndex: Int, space: String, players: String, absent: String, detail: Detail,
    baseValue: Double, value: Double, attributions: [Attribution], evaluations: EvaluationCount,
    seed: UInt64, checks: Checks? = nil, diagnostics: [Diagnostic]
  ) {
    self.label = label
    self.labelIndex = labelIndex
    self.space = space
    self.players = players
    self.absent = absent
    self.detail = detail
    self.baseValue = baseValue
    self.value = value
    self.attributions = attributions
    self.evaluations = evaluations
    self.seed = seed
    self.checks = checks
    self.diagnostics = diagnostics
  }
}

/// How Shapley values were obtained.
public struct ShapleyDetail: Sendable, Equatable, Decodable {
  /// `exact`, `surrogate`, `kernel`, `permutation` or `owen`.
  public var estimator: String
  /// Whether the values are exact up to rounding.
  public var exact: Bool
  /// The structure of the model that the values follow from, where one was found.
  public var certificate: Certificate?
  /// Σφ − (v(N) − v(∅)).
  public var efficiencyGap: Double
  /// Whether the largest standard error is small against the spread of the values, or where that was asked for, whether
  /// the strongest are told apart; absent where exact.
  public var converged: Bool?
  /// The strongest pair interactions, where they were asked for.
  public var interactions: [Interaction]?
  /// The players of each sentence, or of each run of sentences, where the estimator is `owen`.
  ///
  /// For renderers; the JSON does not have it, since sums over `attributions` give its values.
  public var sentences: [Range<Int>]?

  private enum CodingKeys: CodingKey {
    case estimator, exact, certificate, efficiencyGap, converged, interactions
  }

  /// Makes a detail.
  public init(
    estimator: String, exact: Bool, certificate: Certificate? = nil, efficiencyGap: Double,
    converged: Bool? = nil, interactions: [Interaction]? = nil, sentences: [Range<Int>]? = nil
  ) {
    self.interactions = interactions
    self.sentences = sentences
    self.estimator = estimator
    self.exact = exact
    self.certificate = certificate
    self.efficiencyGap = efficiencyGap
    self.converged = converged
  }
}

/// How a LIME surrogate was obtained and how well it fits.
public struct LimeDetail: Sendable, Equatable, Decodable {
  /// `compatible`: lime's definition to the letter; `stable`: what many of its draws tend to.
  public var mode: String
  /// Draws, the full text included; of mode `stable` the distinct evaluations reached.
  public var samples: Int
  /// σ of the proximity kernel, in hundredths of cosine distance.
  public var kernelWidth: Double
  /// How the players were selected: `none`, `forward`, `highest` or `lasso`.
  public var selection: String
  /// The surrogate's constant term.
  public var intercept: Double
  /// The surrogate's value for the full text.
  public var localPrediction: Double
  /// Weighted R² of the surrogate on its own samples, at most 1.
  public var fidelity: Double
  /// Weighted R² of predictions for each sample by the others, in mode `stable` only.
  ///
  /// Where all coalitions were evaluated it is that of the surrogate.
  public var heldOutFidelity: Double?
  /// How many samples of equal weight would tell as much, in mode `stable` only.
  public var effectiveSamples: Double?
  /// Whether the strongest players are settled or the standard errors small; absent where nothing
  /// was asked or all coalitions were evaluated.
  public var converged: Bool?

  /// Makes a detail.
  public init(
    mode: String, samples: Int, kernelWidth: Double, selection: String, intercept: Double,
    localPrediction: Double, fidelity: Double, heldOutFidelity: Double? = nil,
    effectiveSamples: Double? = nil, converged: Bool? = nil
  ) {
    self.mode = mode
    self.samples = samples
    self.kernelWidth = kernelWidth
    self.selection = selection
    self.intercept = intercept
    self.localPrediction = localPrediction
    self.fidelity = fidelity
    self.heldOutFidelity = heldOutFidelity
    self.effectiveSamples = effectiveSamples
    self.converged = converged
  }
}

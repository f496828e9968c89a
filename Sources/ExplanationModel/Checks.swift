/// How faithful an explanation is to the classifier: each number compares the attributions with what the classifier
/// answers when words go.
///
/// The ranking is that of the attributions, the largest signed one first, of equal ones the earlier in the text. Values
/// are in the explanation's space; what cannot be told is nil.
public struct Checks: Sendable, Equatable, Decodable {
  /// Mean over ``bins`` of what the value loses without the top players; large is good.
  public var comprehensiveness: Double?
  /// Mean over ``bins`` of what the value loses with the top players alone; small is good.
  public var sufficiency: Double?
  /// 1, 5, 10, 20 and 50 % of the players, rounded up; shares that make as many players as the one before are left out.
  public var bins: [Bin]
  /// Mean over k = 0 … n of what the value loses without the top k players; large is good.
  public var aopc: Double?
  /// ``aopc`` between that of the worst order, 0, and that of the best, 1; only where there are few players.
  public var normalizedAOPC: Double?
  /// Area under the value while the ranking is taken out; small is good.
  public var deletionArea: Double?
  /// Area under the value while the ranking is put in; large is good.
  public var insertionArea: Double?
  /// Kendall's τ-b with the leave-one-out values.
  public var leaveOneOutTau: Double?
  /// Mean squared error of what the attributions of absent players say the value loses, with coalitions by the
  /// Shapley kernel's law.
  public var infidelity: Double?
  /// ``infidelity`` over the variance of the value on the same coalitions.
  public var infidelityRatio: Double?
  /// R² of the additive explanation on coalitions that it was not made from, all sizes equally likely.
  public var heldOutR2: Double?
  /// The same with LIME's standard proximity weights: near the text.
  public var heldOutLocalR2: Double?
  /// How many coalitions ``heldOutR2`` is from; 0 where the explanation used all that there are, and is compared with
  /// them.
  public var heldOutCoalitions: Int?
  /// |Σφ − (v(N) − v(∅))|.
  public var efficiencyGap: Double?
  /// How many players ``flip`` takes out.
  public var flipSize: Int?
  /// A set of players whose absence changes whether the label is predicted; nil where the outputs decide nothing.
  public var flip: Flip?
  /// Kendall's τ-b of the leave-one-out values under this explanation's rule of removal with those under
  /// ``removalAlternative``.
  public var removalTau: Double?
  /// The other rule: `remove`, or `replace:` and the replacement.
  public var removalAlternative: String?
  /// What these checks alone needed, texts under the other rule included.
  public var evaluations: EvaluationCount

  /// What goes on at one share of the ranking.
  public struct Bin: Sendable, Equatable, Decodable {
    /// The share of the players.
    public var percent: Int
    /// The number of players that it makes.
    public var players: Int
    /// What the value loses without them.
    public var comprehensiveness: Double
    /// What the value loses with them alone.
    public var sufficiency: Double

    /// Makes a bin.
    public init(percent: Int, players: Int, comprehensiveness: Double, sufficiency: Double) {
      self.percent = percent
      self.players = players
      self.comprehensiveness = comprehensiveness
      self.sufficiency = sufficiency
    }
  }

  /// The outcome of the search for few players whose absence changes the decision.
  public struct Flip: Sendable, Equatable, Decodable {
    /// What is known of the set, or why there is none.
    public enum Outcome: String, Sendable, CaseIterable, Decodable {
      /// All smaller sets were tried: none changes the decision.
      case smallest
      /// None of its players can be put back alone; smaller sets were not all tried.
      case irreducible
      /// All sets were tried: none changes the decision.
      case impossible
      /// No set was found among those that were tried.
      case notFound
    }

    /// What is known of the set, or why there is none.
    public var outcome: Outcome
    /// The players, ascending.
    public var players: [Int]?
    /// The bytes of each.
    public var texts: [String]?
    /// The label that is predicted without them, where one label is.
    public var label: String?
    /// The labels that share the highest score without them, where several do.
    public var tied: [String]?

    /// Makes an outcome.
    public init(
      outcome: Outcome, players: [Int]? = nil, texts: [String]? = nil, label: String? = nil,
      tied: [String]? = nil
    ) {
      self.outcome = outcome
      self.players = players
      self.texts = texts
      self.label = label
      self.tied = tied
    }
  }

  /// Makes checks of which nothing can be told yet.
  public init(evaluations: EvaluationCount) {
    bins = []
    self.evaluations = evaluations
  }
}

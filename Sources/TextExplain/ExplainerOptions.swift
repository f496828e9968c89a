import Attribution
import Classification
import Segmentation

/// What is to be explained, and how.
public struct ExplainerOptions: Sendable {
  /// A way of attributing a prediction to players.
  public enum Method: String, Sendable, CaseIterable {
    /// Shapley values.
    case shapley
    /// Word-presence LIME.
    case lime
    /// What the value loses without each player.
    case loo
  }

  /// Which of the classifier's outputs are explained.
  public enum LabelSelection: Sendable, Equatable {
    /// The one with the highest score; of several, the first.
    case top
    /// All of them, from one pool of evaluations.
    case all
    /// The one with this name.
    case name(String)
    /// The one at this position.
    case index(Int)
  }

  /// Which tokens are players.
  public enum TokenSelection: String, Sendable, CaseIterable {
    /// Words, numbers, emoji and symbols.
    case words
    /// Runs of punctuation too.
    case all
  }

  /// What a player is.
  public enum PlayerSelection: String, Sendable, CaseIterable {
    /// Each occurrence of a token.
    case occurrence
    /// All occurrences with equal bytes together.
    case type
    /// Types for LIME, occurrences for the other methods.
    case auto
  }

  /// Whose definition of LIME.
  public enum LimeMode: String, Sendable, CaseIterable {
    /// That of the Python package lime, to the letter.
    case compatible
    /// The limit of that for many draws, with standard errors, from as few evaluations as it takes.
    case stable
  }

  /// What to compute, in this order.
  public var methods: [Method] = [.shapley, .lime]
  /// The outputs that are explained.
  public var label: LabelSelection = .top
  /// The space of all values; nil for probabilities where the classifier gives them, else its raw scores.
  public var space: OutputSpace?
  /// The pieces of text that may become players.
  public var unit: TokenUnit = .word
  /// Which of them are players.
  public var tokens: TokenSelection = .words
  /// What a player is.
  public var players: PlayerSelection = .auto
  /// What an absent token leaves in the text.
  public var absent: Masking.Absent = .remove
  /// ICU locale for segmentation; empty for the root locale.
  public var locale: String = ""
  /// The Shapley estimator; nil for what ``ShapleyEstimatorKind/automatic(playerCount:budget:)`` chooses, or the
  /// surrogate where ``time`` or ``settledCount`` ask for it.
  public var estimator: ShapleyEstimatorKind?
  /// Most evaluations for Shapley values, ∅ and the full text included; nil for the default, see
  /// ``standardBudget(players:estimator:costMicroseconds:)``.
  public var budget: Int?
  /// The part of the spread of the values (of the fifth strongest weight, for stable LIME, see `StableLime`) that no
  /// standard error may exceed where a surrogate or stable LIME stops before its budget is used up; 0 for the whole
  /// budget.
  public var tolerance = 0.02
  /// How many of the strongest values a surrogate tells apart from the others before it stops; nil for no such stop.
  public var settledCount: Int?
  /// Seconds after which a surrogate stops with the evaluations it has; nil for no such stop.
  ///
  /// What it reached is recorded as the budget, with which the run can be repeated.
  public var time: Double?
  /// How many of the strongest pair interactions are reported beside Shapley values.
  public var interactions = 0
  /// Draws of LIME, the full text included, of stable LIME the most evaluations; nil for 5000 but never more than
  /// ``budget``, and for 1000 where there is no budget and the classifier is slow.
  public var limeSamples: Int?
  /// Whose definition of LIME.
  public var limeMode: LimeMode = .compatible
  /// σ of LIME's proximity kernel, in hundredths of cosine distance.
  public var kernelWidth: Double = 25
  /// How many players LIME's surrogate has; nil for all.
  public var limeFeatures: Int?
  /// How LIME selects them.
  public var limeSelection: LimeSelection = .auto
  /// Whether each explanation is checked for faithfulness.
  public var includesChecks = false
  /// The seed of all random choices.
  public var seed: UInt64 = 0
  /// Whether elapsed times become part of the document.
  public var includesTimings = false

  /// Makes the standard options.
  public init() {}
}

extension ExplainerOptions {
  /// The most players of one text: as many as Owen values are given for.
  public static let maximumPlayers = 20_000

  /// The most players of every method and estimator but Owen values.
  public static let maximumPlayersOfOtherMethods = 2000

  /// The most players that a method, with the estimator chosen, handles.
  func maximumPlayers(for method: Method) -> Int {
    // By the clock there is the surrogate only.
    method == .shapley && (estimator == .owen || estimator == nil && time == nil)
      ? Self.maximumPlayers : Self.maximumPlayersOfOtherMethods
  }

  /// The most evaluations or draws that can be asked for: what a machine's memory holds.
  public static let maximumEvaluations = 10_000_000

  /// A text that takes at least this long, in microseconds, makes a classifier a slow one.
  private static let slowCost = 1000

  /// Whether a text takes so long that less is asked for.
  static func isSlow(costMicroseconds: Int) -> Bool { costMicroseconds >= slowCost }

  /// The evaluations that Shapley values may use where no budget is given: min(2ⁿ, max(4096, 20n)), with 512
  /// instead of 4096 for a slow classifier; enumeration asked for by name gets all 2ⁿ.
  static func standardBudget(
    players: Int, estimator: ShapleyEstimatorKind?, costMicroseconds: Int
  ) -> Int {
    let all = coalitionCount(players: players)
    if estimator == .exact { return all }
    return min(all, max(isSlow(costMicroseconds: costMicroseconds) ? 512 : 4096, 20 * players))
  }

  /// 2ⁿ, or the largest integer where that is too large.
  static func coalitionCount(players: Int) -> Int {
    players < Int.bitWidth - 1 ? 1 << players : .max
  }

  /// LIME's draws.
  func limeSamples(costMicroseconds: Int) -> Int {
    limeSamples ?? budget.map { max(2, min(5000, $0)) }
      ?? (Self.isSlow(costMicroseconds: costMicroseconds) ? 1000 : 5000)
  }
}

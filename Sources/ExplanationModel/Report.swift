/// Model evaluations: distinct sets of present tokens.
public struct EvaluationCount: Sendable, Equatable, Decodable {
  /// The most that were allowed, where there was a limit.
  public var budget: Int?
  /// The number that was needed.
  public var distinct: Int

  /// Makes a count.
  public init(budget: Int? = nil, distinct: Int) {
    self.budget = budget
    self.distinct = distinct
  }
}

/// A stated doubt about an explanation.
public struct Diagnostic: Sendable, Equatable, Decodable {
  /// The closed list of schema 1.
  public enum Code: String, Sendable, CaseIterable, Decodable {
    /// There is nothing to switch off.
    case noPlayers = "no-players"
    /// The classifier answers every coalition alike.
    case constantModel = "constant-model"
    /// Several labels share the highest score.
    case labelTie = "label-tie"
    /// A probability is so close to 0 or 1 that its logit was clipped.
    case saturated
    /// The model read only the beginning of the text.
    case truncated
    /// The surrogate explains little of the values around the text.
    case lowFidelity = "low-fidelity"
    /// So few players that lime's ridge penalty shrinks the coefficients.
    case fewPlayers = "few-players"
    /// The standard errors are large against the values.
    case notConverged = "not-converged"
    /// For so many players Owen values were found in place of Shapley values.
    case owenValues = "owen-values"
  }

  /// What kind of doubt.
  public var code: Code
  /// What was seen, for people.
  public var message: String
  /// What to do about it.
  public var help: String

  /// Makes a diagnostic.
  public init(code: Code, message: String, help: String) {
    self.code = code
    self.message = message
    self.help = help
  }
}

/// How far LIME and Shapley values agree, over types: Shapley values are summed over a type's occurrences.
public struct Agreement: Sendable, Equatable, Decodable {
  /// Kendall's τ-b in [−1, 1].
  public var kendallTau: Double
  /// Share of the strongest min(5, types) types that both have in common, in [0, 1].
  public var top5Overlap: Double

  /// Makes an agreement.
  public init(kendallTau: Double, top5Overlap: Double) {
    self.kendallTau = kendallTau
    self.top5Overlap = top5Overlap
  }
}

/// Elapsed times in seconds.
public struct Timings: Sendable, Equatable, Decodable {
  /// Splitting the text into tokens.
  public var segmentationSeconds: Double
  /// Scoring texts.
  public var modelSeconds: Double
  /// Everything else of the methods.
  public var estimatorSeconds: Double
  /// From the text to the explanation.
  public var totalSeconds: Double

  /// Makes timings.
  public init(
    segmentationSeconds: Double, modelSeconds: Double, estimatorSeconds: Double,
    totalSeconds: Double
  ) {
    self.segmentationSeconds = segmentationSeconds
    self.modelSeconds = modelSeconds
    self.estimatorSeconds = estimatorSeconds
    self.totalSeconds = totalSeconds
  }
}

/// What the classifier says of the full text.
public struct Prediction: Sendable, Equatable, Decodable {
  /// What the scores mean: `probability`, `multilabel`, `logProbability`, `logit`, `regression` or `margin`.
  public var outputKind: String
  /// Names of the outputs.
  public var labels: [String]
  /// One score a label, as the classifier gave it.
  public var scores: [Double]
  /// True where the model read only the beginning of the text.
  public var truncated: Bool?
  /// UTF-8 offset of the first byte that the model did not read, where it is known.
  public var truncatedAt: Int?

  /// Makes a prediction.
  public init(
    outputKind: String, labels: [String], scores: [Double], truncated: Bool? = nil,
    truncatedAt: Int? = nil
  ) {
    self.outputKind = outputKind
    self.labels = labels
    self.scores = scores
    self.truncated = truncated
    self.truncatedAt = truncatedAt
  }
}

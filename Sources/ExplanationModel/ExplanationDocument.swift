/// The version of the JSON form of ``ExplanationDocument``.
public let schemaVersion = "1"

/// All that one run found out about one text: the prediction, the tokens, and one explanation for each method
/// and label.
///
/// Plain data: estimators make it, renderers read it. Absent values are nil and are left out of the JSON.
public struct ExplanationDocument: Sendable, Equatable, Decodable {
  /// The version of this layout, ``schemaVersion``.
  public var schemaVersion: String
  /// The program that made the document.
  public var generator: Generator
  /// The classifier's plugin, where it was one.
  public var plugin: PluginIdentity?
  /// The classifier's program, where it was one.
  public var program: ProgramIdentity?
  /// The text, exactly as given (or as repaired, where that was asked for).
  public var text: String
  /// What the classifier says of the full text.
  public var prediction: Prediction
  /// Everything in the text that is not white space, in order.
  public var tokens: [Token]
  /// One entry for each method and label, in the order asked for.
  public var explanations: [Explanation]
  /// What the whole run needed.
  public var evaluations: EvaluationCount
  /// How far the methods agree, where both were computed.
  public var agreement: Agreement?
  /// Elapsed times, where asked for.
  public var timings: Timings?

  /// Makes a document.
  public init(
    schemaVersion: String = ExplanationModel.schemaVersion, generator: Generator,
    plugin: PluginIdentity? = nil, program: ProgramIdentity? = nil, text: String,
    prediction: Prediction, tokens: [Token], explanations: [Explanation],
    evaluations: EvaluationCount, agreement: Agreement? = nil, timings: Timings? = nil
  ) {
    self.schemaVersion = schemaVersion
    self.generator = generator
    self.plugin = plugin
    self.program = program
    self.text = text
    self.prediction = prediction
    self.tokens = tokens
    self.explanations = explanations
    self.evaluations = evaluations
    self.agreement = agreement
    self.timings = timings
  }
}

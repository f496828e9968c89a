/// A classifier failed while it ran.
public struct ClassifierError: Error, Sendable, Equatable {
  /// What went wrong, for machines.
  public enum Code: String, Sendable, CaseIterable {
    /// The classifier itself reported an error.
    case classifierFailed = "classifier-failed"
    /// A score is NaN or infinite.
    case notFinite = "not-finite"
    /// A score or a row's sum lies outside what the output kind promises.
    case invalidScores = "invalid-scores"
    /// The process that runs the classifier died, or answers what makes no sense.
    case crashed = "classifier-crashed"
    /// A call took longer than it may.
    case timedOut = "classifier-timed-out"
    /// The text is longer than the model can read.
    case textTooLong = "text-too-long"
  }

  /// What went wrong, for machines.
  public let code: Code
  /// What went wrong, for people: lower case, with the value in quotes.
  public let message: String
  /// What to do about it.
  public let help: String?

  /// Makes an error.
  public init(code: Code, message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }
}

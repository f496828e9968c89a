/// What stands in the output in place of a document that could not be made.
public struct ErrorRecord: Sendable, Equatable, Decodable {
  /// The version of this layout, ``schemaVersion``.
  public var schemaVersion: String
  /// What went wrong.
  public var error: Failure

  /// An error, for people and for programs.
  public struct Failure: Sendable, Equatable, Decodable {
    /// Its name for programs, such as `invalid-utf8`.
    public var code: String
    /// What is wrong.
    public var message: String
    /// What to do.
    public var help: String?

    /// Makes a failure.
    public init(code: String, message: String, help: String? = nil) {
      self.code = code
      self.message = message
      self.help = help
    }
  }

  /// Makes a record.
  public init(schemaVersion: String = ExplanationModel.schemaVersion, error: Failure) {
    self.schemaVersion = schemaVersion
    self.error = error
  }
}

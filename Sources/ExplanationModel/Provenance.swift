/// The program that made a document, and the Unicode data it used.
public struct Generator: Sendable, Equatable, Decodable {
  /// `textexplain`.
  public var name: String
  /// Semantic version of the program.
  public var version: String
  /// Version of ICU.
  public var icu: String
  /// Version of Unicode in that ICU.
  public var unicode: String

  /// Makes a generator.
  public init(name: String, version: String, icu: String, unicode: String) {
    self.name = name
    self.version = version
    self.icu = icu
    self.unicode = unicode
  }
}

/// Which program answered.
public struct ProgramIdentity: Sendable, Equatable, Decodable {
  /// Name for people: the file's, without its folder.
  public var name: String
  /// The command that started it, as it was given.
  public var command: String
  /// Identifies the weights, as the program says.
  public var modelID: String?

  /// Makes an identity.
  public init(name: String, command: String, modelID: String? = nil) {
    self.name = name
    self.command = command
    self.modelID = modelID
  }
}

/// Which plugin answered, down to its bytes.
public struct PluginIdentity: Sendable, Equatable, Decodable {
  /// Permanent identifier of the classifier.
  public var id: String
  /// Name for people.
  public var name: String
  /// Semantic version.
  public var version: String
  /// The shared library's file name, without its folder.
  public var file: String
  /// SHA-256 of the shared library, in lower-case hexadecimal digits.
  public var sha256: String
  /// Identifies the weights.
  public var modelID: String?

  /// Makes an identity.
  public init(
    id: String, name: String, version: String, file: String, sha256: String, modelID: String? = nil
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.file = file
    self.sha256 = sha256
    self.modelID = modelID
  }
}

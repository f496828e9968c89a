import Classification
import Glibc

/// The command that starts a user's program.
public struct ProgramCommand: Sendable, Equatable {
  /// As it was given.
  public let text: String
  /// Its words; the first names the program.
  let words: [String]

  /// Reads a command, as a shell reads quotes but without expanding anything.
  ///
  /// - Throws: ``PluginError`` with code `invalidCommand`.
  public init(_ text: String) throws(PluginError) {
    self.text = text
    words = try CommandWords.split(text)
  }

  /// How messages call it: the command in quotes, cut where it is long.
  public var quoted: String { TextExcerpt(of: text, limit: 80).description }

  /// The file to execute.
  ///
  /// - Throws: ``PluginError`` with code `programNotFound` or `programNotExecutable`.
  func path() throws(PluginError) -> String {
    try ProgramFile.path(of: words[0], searchPath: getenv("PATH").map { String(cString: $0) })
  }
}

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

  /// What the program is called in messages and results: the name of its file, without the folder; where that is an
  /// interpreter with a script behind it, the script's.
  public var name: String {
    let first = AbsolutePath.name(of: words[0])
    guard Self.isInterpreter(first), words.count > 1, !words[1].hasPrefix("-"),
      case let script = AbsolutePath.name(of: words[1]), !script.isEmpty
    else { return first.isEmpty ? words[0] : first }
    return script
  }

  /// Whether a program is one that runs what its first argument names: `python3`, `python3.12`, `sh`.
  private static func isInterpreter(_ name: String) -> Bool {
    let versionless = name.prefix { !$0.isNumber }
    return ["python", "pypy", "sh", "bash", "dash", "zsh", "node", "ruby", "perl", "Rscript"]
      .contains(String(versionless))
  }

  /// The file to execute.
  ///
  /// - Throws: ``PluginError`` with code `programNotFound` or `programNotExecutable`.
  func path() throws(PluginError) -> String {
    try ProgramFile.path(of: words[0], searchPath: getenv("PATH").map { String(cString: $0) })
  }
}

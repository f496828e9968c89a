import Classification
import Glibc

/// The file that the first word of a command means.
enum ProgramFile {
  /// Where it lies: with a slash in it that path, else the first in the folders of `PATH` that can be executed.
  ///
  /// - Throws: ``PluginError`` with code `programNotFound` or `programNotExecutable`.
  static func path(of word: String, searchPath: String?) throws(PluginError) -> String {
    if word.utf8.contains(AbsolutePath.slash) {
      switch kind(of: word) {
      case .program: return word
      case .missing(let reason):
        throw PluginError(
          .programNotFound,
          "the program \(TextExcerpt(of: word, limit: 200)) was not found: \(reason)",
          help: help(expansionIn: word) ?? "relative paths start at the working directory")
      case .other(let what): throw refusal(word, what)
      }
    }
    var refused: PluginError?
    for folder in (searchPath ?? standardSearchPath).utf8.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    {
      // An empty element is the working directory, as for every shell.
      let path = (folder.isEmpty ? "." : String(Substring(folder))) + "/" + word
      switch kind(of: path) {
      case .program: return path
      case .missing: break
      case .other(let what): refused = refused ?? refusal(path, what)
      }
    }
    if let refused { throw refused }
    let isHere = if case .missing = kind(of: "./" + word) { false } else { true }
    throw PluginError(
      .programNotFound,
      "the program \(TextExcerpt(of: word, limit: 200)) was not found in the folders of PATH",
      help: isHere
        ? "the working directory is not searched; write ./\(word)"
        : help(expansionIn: word) ?? "install it, or write its whole path")
  }

  private enum Kind {
    case program
    case missing(SystemError)
    case other(String)
  }

  private static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing(.last) }
    if status.st_mode & S_IFMT == S_IFDIR { return .other("is a folder") }
    return access(path, X_OK) == 0 ? .program : .other("may not be executed")
  }

  private static func refusal(_ path: String, _ what: String) -> PluginError {
    PluginError(
      .programNotExecutable, "the program \(TextExcerpt(of: path, limit: 200)) \(what)",
      help: what == "is a folder"
        ? "name a file"
        : "make it executable with chmod +x, or name what runs it, as --program 'python3 \(path)'")
  }

  private static func help(expansionIn word: String) -> String? {
    word.hasPrefix("~") || word.contains("$")
      ? "~ and variables mean nothing in the command: write them where your shell expands them, "
        + "or write the whole path" : nil
  }

  /// Where the C library looks without `PATH`.
  private static let standardSearchPath = "/bin:/usr/bin"
}

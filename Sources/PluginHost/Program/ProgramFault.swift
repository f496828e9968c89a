import Classification

/// What a program did wrong, with the line in question.
struct ProgramFault: Error {
  private let code: ClassifierError.Code
  private let deed: String
  private let help: String

  /// The most characters shown of a line.
  private static let shownLength = 200

  /// Makes a fault.
  ///
  /// - Parameters:
  ///   - deed: completes a sentence that begins with the program's name.
  ///   - line: what it wrote.
  init(_ code: ClassifierError.Code, _ deed: String, line: [UInt8]?, help: String) {
    self.code = code
    self.deed = deed + (line.map { ": " + Self.shown($0) } ?? "")
    self.help = help
  }

  /// Whether the program itself answered that it cannot score: it keeps to the protocol.
  var isAnswer: Bool { code == .classifierFailed }

  /// The failure of starting a program.
  func openingError(_ program: String) -> PluginError {
    PluginError(.programFailed, "program \"\(program)\" \(deed)", help: help)
  }

  /// The failure of scoring.
  func scoringError(_ program: String) -> ClassifierError {
    ClassifierError(code: code, message: "program \"\(program)\" \(deed)", help: help)
  }

  /// The beginning of a line, its control characters visible.
  static func shown(_ line: some Collection<UInt8>) -> String {
    if line.isEmpty { return "an empty line" }
    // A character takes at most four bytes: nothing past these can be shown.
    let head = String(decoding: line.prefix(4 * shownLength), as: UTF8.self)
    var text = ""
    var count = 0
    for character in head {
      let visible = TextExcerpt.escapingControls(String(character))
      count += visible.unicodeScalars.count
      if count > shownLength { return text + "…" }
      text += visible
    }
    return text
  }

  static func shown(_ line: String) -> String { shown(line.utf8) }
}

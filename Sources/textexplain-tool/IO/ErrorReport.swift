import Rendering

/// An error as people read it: what is wrong, then what to do.
///
/// Whatever it quotes of the input cannot act on the terminal.
struct ErrorReport {
  private let failure: Failure

  init(_ failure: Failure) { self.failure = failure }

  var text: String {
    let wrong = ([failure.message] + failure.more).map(visible)
    var text = "error: \(wrong.joined(separator: "\n       "))\n"
    if let help = failure.help {
      // Lists go over several lines.
      let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(visible)
      text += "help: \(lines.joined(separator: "\n      "))\n"
    }
    return text
  }

  func print() { StandardErrorLog.write(text) }
}

/// Text in which control characters are visible escapes.
func visible(_ text: some StringProtocol) -> String { String(visibleCharacters(text)) }

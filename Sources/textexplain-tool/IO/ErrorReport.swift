/// An error as people read it: what is wrong, then what to do.
struct ErrorReport {
  private let failure: Failure

  init(_ failure: Failure) { self.failure = failure }

  var text: String {
    var text = "error: \(failure.message)\n"
    if let help = failure.help { text += "help: \(help)\n" }
    return text
  }

  func print() { StandardErrorLog.write(text) }
}

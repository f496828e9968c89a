import Classification
import Glibc

/// Why a program's next line does not come, or cannot be taken for an answer.
enum ProgramEnd: Error {
  /// It ended by itself; with the last line that it wrote to standard error.
  case ended(ChildGroup.Ending, lastWords: String?)
  /// It lives, but has closed its standard output; with the line that it had begun.
  case closedOutput(begun: [UInt8])
  /// It lives, but has closed its standard input before the question was read.
  case closedInput
  /// Nothing came in time.
  case timedOut(Duration, hasReadQuestion: Bool, begun: [UInt8])
  /// A line without end.
  case endlessLine(begun: [UInt8], limit: Int)
  /// A line that came without a question, or before all of it was read.
  case unasked([UInt8])

  /// What happened, completing a sentence that begins with the program's name and goes on with "while".
  ///
  /// - Parameter step: what the host was waiting for, as "scoring the text …".
  func fault(while step: String) -> ProgramFault {
    let (deed, line, help) = parts(step)
    var code = ClassifierError.Code.crashed
    if case .timedOut = self { code = .timedOut }
    return ProgramFault(code, deed, line: line, help: help)
  }

  private func parts(_ step: String) -> (deed: String, line: [UInt8]?, help: String) {
    switch self {
    case .ended(let ending, let lastWords):
      (
        "\(Self.text(ending)) while \(step)"
          + (lastWords.map { "; its last line on standard error: \(ProgramFault.shown($0))" } ?? ""),
        nil, Self.help(ending)
      )
    case .closedOutput(let begun):
      (
        "closed its standard output while \(step)", begun.isEmpty ? nil : begun,
        "standard output has to stay open until standard input ends"
      )
    case .closedInput:
      (
        "closed its standard input while \(step)", nil,
        "it has to read one line after the other until standard input ends"
      )
    case .timedOut(let limit, false, let begun):
      (
        "has not read its standard input for \(WorkerEnd.seconds(limit)) while \(step)",
        begun.isEmpty ? nil : begun,
        "it has to read lines from standard input and answer each, one after the other; --timeout gives it more time"
      )
    case .timedOut(let limit, true, let begun):
      (
        "took longer than \(WorkerEnd.seconds(limit)) while \(step)", begun.isEmpty ? nil : begun,
        begun.isEmpty
          ? "it has to flush standard output after each line (in Python: print(…, flush=True)); if it does, give it "
            + "more time with --timeout"
          : "a line ends with a line feed, and is flushed; if it does, give it more time with --timeout"
      )
    case .endlessLine(let begun, let limit):
      (
        "wrote more than \(limit) bytes in one line while \(step)", begun,
        "end each answer with a line feed, and give one answer to each question"
      )
    case .unasked(let line):
      (
        "wrote a line that nobody asked for while \(step)", line,
        "it has to answer each line of standard input with one line, and to print everything else to standard error"
      )
    }
  }

  private static func text(_ ending: ChildGroup.Ending) -> String {
    switch ending {
    case .exit(let code): "ended with exit code \(code)"
    case .signal(let number): WorkerEnd.signal(number).deed()
    case .killed, .vanished: "ended"
    }
  }

  private static func help(_ ending: ChildGroup.Ending) -> String {
    switch ending {
    case .exit(0): "it has to go on until its standard input ends"
    case .signal(SIGKILL): "the machine may be out of memory"
    default: "what it wrote to standard error says more"
    }
  }
}

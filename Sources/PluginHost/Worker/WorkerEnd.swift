import Glibc

/// Why a worker answers no more.
enum WorkerEnd: Equatable {
  /// A signal ended it.
  case signal(Int32)
  /// It ended by itself, which no plugin may.
  case exit(Int32)
  /// It has ended, and how is not known: somebody else in this process waits for its children, or nobody does.
  case vanished
  /// It lives, but nothing can be heard of it any more.
  case hungUp
  /// It did not answer in time, with so much memory at the end.
  case timedOut(Duration, ProcessMemory?)
  /// Its answer makes no sense.
  case lied(WireFault)

  /// What it did, completing a sentence that begins with the plugin's name.
  ///
  /// - Parameter memoryLimit: bytes that the worker could have.
  func deed(memoryLimit: Int? = nil) -> String {
    switch self {
    case .signal(SIGKILL): "was killed (signal 9)"
    case .signal(let number): "crashed with signal \(number) (\(Self.name(of: number)))"
    case .exit(let code): "ended its process with exit code \(code)"
    case .vanished: "ended its process"
    case .hungUp: "closed its connection to this program"
    case .timedOut(let limit, let memory):
      "took longer than \(Self.seconds(limit))"
        + (memory?.remark(limit: memoryLimit).map { ", and \($0)," } ?? "")
    case .lied(let fault): "gave an answer that makes no sense (\(fault.reason))"
    }
  }

  /// What to do about it.
  ///
  /// - Parameters:
  ///   - file: the plugin's file, which may have changed under its feet.
  ///   - memoryLimit: bytes that the worker could have.
  func help(_ file: PluginFile, memoryLimit: Int?) -> String {
    if !file.isUnchanged {
      return "the plugin's file changed while in use; replace such files by renaming, and try again"
    }
    switch self {
    case .timedOut(_, let memory):
      guard memory?.remark(limit: memoryLimit) != nil else {
        return "give it more time with --timeout, or report it to the plugin's author"
      }
      return memoryLimit == nil
        ? "it may want memory without end: try a --memory-limit, as 2G, or report it to the "
          + "plugin's author"
        : "give it more memory with --memory-limit, or report it to the plugin's author"
    case .signal, .exit, .vanished:
      if let memoryLimit {
        return "report it to the plugin's author, with the text, unless the memory limit of "
          + "\(memoryLimit) bytes (--memory-limit) is too low"
      }
      if self == .signal(SIGKILL) { return "the machine may be out of memory; see --memory-limit" }
      return "report it to the plugin's author, with the text"
    case .hungUp, .lied: return "report it to the plugin's author, with the text"
    }
  }

  private static func name(of signal: Int32) -> String {
    guard let text = strsignal(signal) else { return "unknown" }
    return String(cString: text).lowercased()
  }

  static func seconds(_ duration: Duration) -> String {
    let seconds = duration / .seconds(1)
    return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
  }
}

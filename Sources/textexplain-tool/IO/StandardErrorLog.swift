/// What the program says beside its result: warnings and log lines, on standard error.
struct StandardErrorLog: Sendable {
  enum Level: Int, Comparable, Sendable {
    case debug, info, warning, error
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// Messages below this level are dropped.
  let threshold: Level

  func callAsFunction(_ level: Level, _ message: String) {
    guard level >= threshold else { return }
    Self.write("\(Self.name(level)): \(visible(message))\n")
  }

  private static func name(_ level: Level) -> String {
    switch level {
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// Writes to standard error, where a failure to write can be told to nobody.
  static func write(_ text: String) {
    try? FileDescriptor.standardError.write(Array(text.utf8))
  }
}

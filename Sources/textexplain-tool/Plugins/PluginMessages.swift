import PluginHost
import Synchronization

/// What a plugin or a program logs and prints, on standard error under its name.
///
/// It is called hundreds of times for one text: what it says at every call is shown once.
final class PluginMessages: Sendable {
  private let name: String
  private let log: StandardErrorLog
  private let shown = Mutex<Set<String>>([])

  /// So many different messages are remembered.
  private static let mostRemembered = 1000

  /// - Parameter name: `plugin "…"` or `program "…"`.
  init(of name: String, log: StandardErrorLog) {
    self.name = name
    self.log = log
  }

  /// Shows a message, unless it was shown before; whoever asked for all messages gets all.
  func show(_ message: PluginLogMessage) {
    if log.threshold > .debug {
      let isNew = shown.withLock { shown in
        shown.count >= Self.mostRemembered
          ? !shown.contains(message.text) : shown.insert(message.text).inserted
      }
      if !isNew { return }
    }
    log(.init(message.level), "\(name): \(message.text)")
  }
}

extension StandardErrorLog.Level {
  fileprivate init(_ level: PluginLogMessage.Level) {
    switch level {
    case .debug: self = .debug
    case .info: self = .info
    case .warning: self = .warning
    case .error: self = .error
    }
  }
}

/// Passes on what a plugin or a program says: one that never stops talking is not listened to for ever.
struct BoundedLog {
  private let log: PluginLog
  private let threshold: PluginLogMessage.Level
  private var budget = 1 << 20

  /// - Parameter threshold: messages that matter less are dropped.
  init(threshold: PluginLogMessage.Level, _ log: @escaping PluginLog) {
    self.threshold = threshold
    self.log = log
  }

  mutating func tell(_ message: PluginLogMessage) {
    guard message.level >= threshold, budget > 0 else { return }
    budget -= message.text.utf8.count + 16
    log(message)
    if budget <= 0 {
      log(PluginLogMessage(level: .warning, text: "it says too much; the rest is not shown"))
    }
  }
}

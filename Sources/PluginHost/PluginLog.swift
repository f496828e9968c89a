/// One message that a plugin logged.
public struct PluginLogMessage: Sendable, Equatable {
  /// How much a message matters.
  public enum Level: Int32, Sendable, CaseIterable, Comparable {
    /// For the plugin's author.
    case debug = 0
    /// For the curious.
    case info = 1
    /// The result may be less than expected.
    case warning = 2
    /// Something failed.
    case error = 3

    /// The less and the more urgent.
    public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// How much the message matters.
  public let level: Level
  /// The message, repaired where it is no UTF-8; it may hold control characters.
  public let text: String

  /// Makes a message.
  public init(level: Level, text: String) {
    self.level = level
    self.text = text
  }
}

/// Receives what a plugin logs, on any thread.
public typealias PluginLog = @Sendable (PluginLogMessage) -> Void

import Classification
import PluginHost
import Synchronization
import Testing
import _TestSupport

/// Opens the plugins of `Tests/Fixtures/Plugins`.
enum Fixture {
  static let environment = PluginSearchEnvironment(home: "/home/reader", workingDirectory: "/here")

  /// Compiles and opens a plugin.
  static func open(
    _ source: String, _ defines: [String: String] = [:], options: [String] = [],
    environment: PluginSearchEnvironment = environment, log: PluginLogRecorder? = nil
  ) throws -> PluginClassifier {
    try PluginClassifier.open(
      try CCompiler.plugin(source, defines), options: options.map { try PluginOption(parsing: $0) },
      environment: environment, hostVersion: "9.8.7"
    ) { log?.record($0) }
  }

  /// Opens `variant.c`.
  static func variant(_ defines: [String: String] = [:]) throws -> PluginClassifier {
    try open("variant.c", defines)
  }
}

/// Keeps what plugins log.
final class PluginLogRecorder: Sendable {
  private let recorded = Mutex<[PluginLogMessage]>([])

  var messages: [PluginLogMessage] { recorded.withLock { $0 } }
  var texts: [String] { messages.map(\.text) }

  func record(_ message: PluginLogMessage) { recorded.withLock { $0.append(message) } }
}

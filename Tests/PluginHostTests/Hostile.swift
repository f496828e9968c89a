import Classification
import Glibc
import PluginHost
import _TestSupport

/// Opens `hostile.c` in a worker.
enum Hostile {
  /// - Parameter change: what differs from a time-out of 10 s.
  static func open(
    _ defines: [String: String] = [:], options: [String] = [], log: PluginLogRecorder? = nil,
    _ change: (inout PluginHosting) -> Void = { _ in }
  ) throws -> any HostedClassifier {
    try inWorker(try CCompiler.plugin("hostile.c", defines), options: options, log: log, change)
  }

  /// Opens any plugin in a worker.
  static func inWorker(
    _ path: String, options: [String] = [], log: PluginLogRecorder? = nil,
    _ change: (inout PluginHosting) -> Void = { _ in }
  ) throws -> any HostedClassifier {
    var hosting = PluginHosting()
    hosting.timeout = .seconds(10)
    hosting.threads = 1
    change(&hosting)
    return try hosting.open(
      path, options: options.map { try PluginOption(parsing: $0) },
      environment: Fixture.environment, hostVersion: "9.8.7"
    ) { log?.record($0) }
  }

  /// Expects that a process group vanishes within two seconds.
  static func isGone(group: pid_t) -> Bool {
    for _ in 0..<200 {
      if kill(-group, 0) != 0 && errno == ESRCH { return true }
      usleep(10_000)
    }
    return false
  }
}

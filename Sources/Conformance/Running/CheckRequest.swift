import Glibc
import PluginHost

/// What a check's process is told on its command line.
package struct CheckRequest: Sendable, Equatable {
  /// The first argument of a check's process; not for people.
  package static let subcommand = "__check"

  /// The check's id, or one of the helpers of ``CheckChild``.
  package var id: String
  /// The absolute path of the plugin.
  package var plugin: String
  /// For everything that the check draws at random.
  package var seed: UInt64
  /// As the user gave them, KEY=VALUE.
  package var options: [String]
  /// Where relative paths in the options start.
  package var workingDirectory: String
  package var bounds: CheckBounds

  /// Makes a request.
  package init(
    id: String, plugin: String, seed: UInt64, options: [String], workingDirectory: String,
    bounds: CheckBounds = .check
  ) {
    self.id = id
    self.plugin = plugin
    self.seed = seed
    self.options = options
    self.workingDirectory = workingDirectory
    self.bounds = bounds
  }

  /// Reads the arguments of a check's process; nil where it is none.
  package init?(arguments: [String]) {
    guard arguments.count >= 6, arguments[0] == Self.subcommand, let seed = UInt64(arguments[3]),
      let bounds = CheckBounds(argument: arguments[5])
    else { return nil }
    id = arguments[1]
    plugin = arguments[2]
    self.seed = seed
    workingDirectory = arguments[4]
    self.bounds = bounds
    options = Array(arguments[6...])
  }

  /// The arguments of a check's process.
  var arguments: [String] {
    [Self.subcommand, id, plugin, String(seed), workingDirectory, bounds.argument] + options
  }

  /// Seconds after which the process is killed.
  var seconds: Double {
    bounds.timeLimit ?? Check.all.first { $0.id == id }?.timeLimit ?? HelperProcess.longestTime
  }

  /// Runs this request in a process of its own, which is this program once more: its main function has to hand
  /// the request to ``CheckChild``.
  ///
  /// - Parameter variables: added to the small environment that every check has.
  func start(
    timeLimit: Double, variables: [String] = [], hasOwnGroup: Bool
  ) throws -> CheckProcess {
    // A helper shares the folder of the check that asks it.
    let scratch = hasOwnGroup ? try ScratchFolder() : nil
    defer { withExtendedLifetime(scratch) {} }
    let folder = scratch?.path ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return try CheckProcess(
      "/proc/self/exe", arguments,
      environment: ChildProcess.environment(temporaryFolder: folder) + variables,
      timeLimit: timeLimit, hasOwnGroup: hasOwnGroup)
  }
}

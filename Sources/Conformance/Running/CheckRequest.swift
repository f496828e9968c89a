import Glibc

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

  /// Makes a request.
  package init(
    id: String, plugin: String, seed: UInt64, options: [String], workingDirectory: String
  ) {
    self.id = id
    self.plugin = plugin
    self.seed = seed
    self.options = options
    self.workingDirectory = workingDirectory
  }

  /// Reads the arguments of a check's process; nil where it is none.
  package init?(arguments: [String]) {
    guard arguments.count >= 5, arguments[0] == Self.subcommand, let seed = UInt64(arguments[3])
    else { return nil }
    id = arguments[1]
    plugin = arguments[2]
    self.seed = seed
    workingDirectory = arguments[4]
    options = Array(arguments[5...])
  }

  /// The arguments of a check's process.
  var arguments: [String] {
    [Self.subcommand, id, plugin, String(seed), workingDirectory] + options
  }

  /// Runs this request in a process of its own, which is this program once more: its main function has to hand
  /// the request to ``CheckChild``.
  ///
  /// - Parameter variables: added to the small environment that every check has.
  func start(
    timeLimit: Double, variables: [String] = [], hasOwnGroup: Bool
  ) throws -> CheckProcess {
    let environment = [
      "PATH=/usr/bin:/bin", "HOME=\(getenv("HOME").map { String(cString: $0) } ?? "/")",
      "TMPDIR=/tmp", "LANG=C.UTF-8",
      // A crash is what we want to see, not a minute of somebody drawing its picture.
      "SWIFT_BACKTRACE=enable=no",
    ]
    return try CheckProcess(
      "/proc/self/exe", arguments, environment: environment + variables, timeLimit: timeLimit,
      hasOwnGroup: hasOwnGroup)
  }
}

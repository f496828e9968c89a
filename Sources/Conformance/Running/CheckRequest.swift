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
  /// Seconds for each check; nil means each check's own.
  package var timeLimit: Double?

  /// Makes a request.
  package init(
    id: String, plugin: String, seed: UInt64, options: [String], workingDirectory: String,
    timeLimit: Double? = nil
  ) {
    self.id = id
    self.plugin = plugin
    self.seed = seed
    self.options = options
    self.workingDirectory = workingDirectory
    self.timeLimit = timeLimit
  }

  /// Reads the arguments of a check's process; nil where it is none.
  package init?(arguments: [String]) {
    guard arguments.count >= 6, arguments[0] == Self.subcommand, let seed = UInt64(arguments[3])
    else { return nil }
    id = arguments[1]
    plugin = arguments[2]
    self.seed = seed
    workingDirectory = arguments[4]
    timeLimit = Double(arguments[5])
    options = Array(arguments[6...])
  }

  /// The arguments of a check's process.
  var arguments: [String] {
    [
      Self.subcommand, id, plugin, String(seed), workingDirectory,
      timeLimit.map { "\($0)" } ?? "own",
    ] + options
  }

  /// Seconds after which the process is killed.
  var seconds: Double {
    timeLimit ?? Check.all.first { $0.id == id }?.timeLimit ?? HelperProcess.longestTime
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

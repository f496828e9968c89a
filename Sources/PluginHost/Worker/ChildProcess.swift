import CProcess
import Glibc

/// How processes are started that load plugins or are classifiers.
package enum ChildProcess {
  /// One descriptor that a child gets.
  package struct Handover {
    let source: Int32
    let target: Int32

    /// Makes the child's `target` what this process knows as `source`.
    ///
    /// - Parameter source: of a ``DescriptorPair``, so that placing the others does not overwrite it.
    package init(_ source: Int32, as target: Int32) {
      self.source = source
      self.target = target
    }
  }

  /// Starts a program with default signals and no descriptors but those named, and an empty standard input where it is
  /// not one of them.
  ///
  /// - Parameters:
  ///   - arguments: without the program's own name.
  ///   - environment: all of it; nil means that of this process.
  ///   - leadsGroup: whether it leads a process group of its own.
  /// - Returns: the process, or the number of an error.
  package static func start(
    _ program: String, _ arguments: [String], environment: [String]?, _ handovers: [Handover],
    leadsGroup: Bool
  ) -> Result<pid_t, StartError> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for handover in handovers {
      posix_spawn_file_actions_adddup2(&actions, handover.source, handover.target)
    }
    cprocess_close_from(&actions, 1 + (handovers.map(\.target).max() ?? 2))

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(
      &attributes, Int16(group | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var process = pid_t()
    let status = withCStrings(["textexplain"] + arguments) { argv in
      guard let environment else {
        return posix_spawn(
          &process, program, &actions, &attributes, argv, cprocess_environment())
      }
      return withCStrings(environment) { envp in
        posix_spawn(&process, program, &actions, &attributes, argv, envp)
      }
    }
    return status == 0 ? .success(process) : .failure(StartError(number: status))
  }

  /// Why a program cannot be started.
  package struct StartError: Error, CustomStringConvertible {
    let number: Int32
    package var description: String { SystemError(number: number).description }
  }

  /// The environment of everything that loads plugins: nothing of the user's but what no program can do without.
  package static func environment(temporaryFolder: String) -> [String] {
    let kept = ["PATH", "HOME"].compactMap { (name: String) in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    // A crash is told by its signal, without a minute of somebody drawing its picture.
    return kept + ["TMPDIR=\(temporaryFolder)", "LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]
  }

  private static func withCStrings(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}

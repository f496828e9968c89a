import Glibc

/// A process that asks one check's question, and what it left behind.
struct CheckProcess {
  /// The lines of its ``ProgressPipe``.
  var lines: [Substring]
  /// What it wrote to standard output and standard error.
  var output: [UInt8]
  /// As `waitpid` gives it; nil where it was killed because its time was up.
  var status: Int32?

  /// The most output that is kept.
  private static let outputLimit = 1 << 16

  /// Runs a program and waits for its end, or until the time is up; then it is killed.
  ///
  /// - Parameter hasOwnGroup: whether it leads a process group, which is killed as a whole. One that a check
  ///   starts stays in the check's group and dies with it.
  /// - Throws: ``Violation`` where it cannot be started.
  init(
    _ program: String, _ arguments: [String], environment: [String], timeLimit: Double,
    hasOwnGroup: Bool
  ) throws {
    let progress = try Self.pipe()
    let output = try Self.pipe()
    defer { for end in [progress.reading, output.reading] { close(end) } }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, output.writing, 2)
    posix_spawn_file_actions_adddup2(&actions, progress.writing, ProgressPipe.descriptor)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let group = hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(
      &attributes, Int16(group | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var process = pid_t()
    let error = Self.withCStrings([program] + arguments) { argv in
      Self.withCStrings(environment) { envp in
        posix_spawn(&process, program, &actions, &attributes, argv, envp)
      }
    }
    for end in [progress.writing, output.writing] { close(end) }
    guard error == 0 else {
      throw Violation("\(program) cannot be started: \(String(cString: strerror(error)))")
    }

    let deadline = monotonicSeconds() + timeLimit
    var texts: [[UInt8]] = [[], []]
    var sources = [progress.reading, output.reading].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var status: Int32 = 0
    var hasEnded = false
    // The descriptors alone would not do: a process that the plugin started may hold them open.
    while !hasEnded, monotonicSeconds() < deadline {
      hasEnded = waitpid(process, &status, WNOHANG) == process
      repeat {
        poll(&sources, nfds_t(sources.count), hasEnded ? 0 : 2)
        for index in sources.indices where sources[index].revents != 0 {
          let count = read(sources[index].fd, &chunk, chunk.count)
          if count <= 0 { sources[index].fd = -1 }
          if count > 0, texts[index].count < Self.outputLimit || index == 0 {
            texts[index] += chunk[..<count]
          }
        }
      } while hasEnded && sources.contains { $0.fd >= 0 && $0.revents != 0 }
    }
    // Also after its end: whatever it started is in its group.
    if hasOwnGroup { kill(-process, SIGKILL) }
    if !hasEnded {
      kill(process, SIGKILL)
      waitpid(process, &status, 0)
    }
    self.status = hasEnded ? status : nil
    self.output = texts[1]
    lines = String(decoding: texts[0], as: UTF8.self).split(separator: "\n")
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else {
      throw Violation("no pipe can be made: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let table = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { (table + index).initialize(to: strdup(string)) }
    (table + strings.count).initialize(to: nil)
    defer {
      for index in strings.indices { free(table[index]) }
      table.deallocate()
    }
    return body(table)
  }
}

/// The monotonic clock in seconds.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

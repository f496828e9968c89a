import CProcess
import Glibc

/// Starts a worker process and keeps this side's ends of everything that connects the two.
struct WorkerSpawn: ~Copyable {
  let process: pid_t
  let connection: Connection

  /// This side's ends.
  struct Connection: ~Copyable {
    let socket: FileDescriptor
    /// Whose closing, by whatever way this process ends, kills the worker.
    let life: FileDescriptor
    let output: FileDescriptor
    let errors: FileDescriptor
  }

  /// Starts a program as a worker, in a process group of its own.
  ///
  /// - Parameters:
  ///   - sealedCopy: a memory file for the worker to load, or nil.
  ///   - temporaryFolder: the worker's `TMPDIR`.
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  init(
    program: String, sealedCopy: Int32?, temporaryFolder: String
  ) throws(PluginError) {
    let sockets = try Ends(cprocess_socket_pair)
    let life = try Ends(cprocess_pipe)
    let output = try Ends(cprocess_pipe)
    let errors = try Ends(cprocess_pipe)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.second.number, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.second.number, 2)
    let target = PluginWorker.Descriptor.self
    posix_spawn_file_actions_adddup2(&actions, sockets.second.number, target.socket)
    posix_spawn_file_actions_adddup2(&actions, life.first.number, target.life)
    if let sealedCopy { posix_spawn_file_actions_adddup2(&actions, sealedCopy, target.sealedCopy) }
    cprocess_close_from(&actions, sealedCopy == nil ? target.sealedCopy : target.end)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var process = pid_t()
    let status = Self.withCStrings(["textexplain", PluginWorker.argument]) { argv in
      Self.withCStrings(Self.environment(temporaryFolder)) { envp in
        posix_spawn(&process, program, &actions, &attributes, argv, envp)
      }
    }
    guard status == 0 else {
      throw PluginError(
        .workerUnavailable,
        "the worker \"\(program)\" cannot be started: \(SystemError(number: status))",
        help: "name the program textexplain in TEXTEXPLAIN_WORKER, or use --in-process")
    }
    self.process = process
    connection = Connection(
      socket: sockets.takeFirst(), life: life.takeSecond(), output: output.takeFirst(),
      errors: errors.takeFirst())
  }

  /// Higher than all that the worker gets: putting those in place overwrites nothing that is still to be placed.
  static let lowestDescriptor: Int32 = 20

  /// Nothing of the user's environment reaches a plugin but what a program cannot do without.
  private static func environment(_ temporaryFolder: String) -> [String] {
    let kept = ["PATH", "HOME"].compactMap { (name: String) in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    return kept
      + ["TMPDIR=\(temporaryFolder)", "LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]
  }

  private static func withCStrings(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }

  /// Two connected descriptors with numbers so high that none is overwritten while the worker's are put in place.
  private struct Ends: ~Copyable {
    let first: FileDescriptor
    let second: FileDescriptor

    init(_ make: (UnsafeMutablePointer<Int32>?) -> Int32) throws(PluginError) {
      var ends: [Int32] = [-1, -1]
      guard make(&ends) == 0 else { throw Self.failure }
      let numbers = ends.map { cprocess_duplicate($0, WorkerSpawn.lowestDescriptor) }
      for end in ends { close(end) }
      if numbers.contains(-1) {
        let failure = Self.failure
        for number in numbers { close(number) }
        throw failure
      }
      first = FileDescriptor(owning: numbers[0])
      second = FileDescriptor(owning: numbers[1])
    }

    consuming func takeFirst() -> FileDescriptor { first }
    consuming func takeSecond() -> FileDescriptor { second }

    private static var failure: PluginError {
      PluginError(
        .workerUnavailable, "no worker can be started: \(SystemError.last)",
        help: "this process may have too many files open")
    }
  }
}

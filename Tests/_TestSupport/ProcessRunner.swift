import Glibc
import Synchronization

/// What became of a program.
public struct ToolResult: Sendable {
  /// How a program ended.
  public enum Ending: Sendable, Equatable {
    /// It ended by itself with this exit code.
    case exit(Int32)
    /// A signal ended it.
    case signal(Int32)
    /// It was still running when the time was up.
    case timedOut
  }

  /// How it ended.
  public let ending: Ending
  /// What it wrote to standard output.
  public let stdout: [UInt8]
  /// What it wrote to standard error.
  public let stderr: [UInt8]

  /// Standard output as text, repaired where it is no UTF-8.
  public var output: String { String(decoding: stdout, as: UTF8.self) }
  /// Standard error as text, repaired where it is no UTF-8.
  public var errors: String { String(decoding: stderr, as: UTF8.self) }
}

/// Where a program's standard output goes.
public enum ToolOutput: Sendable {
  /// Into ``ToolResult/stdout``.
  case captured
  /// Into a pipe that nobody reads and whose other end is closed.
  case closedPipe
  /// Into a file or device.
  case file(String)
}

/// Runs the built command.
public func runTool(
  _ arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:],
  workingDirectory: String? = nil, output: ToolOutput = .captured, timeLimit: Double = 60
) throws -> ToolResult {
  try runProgram(
    BuildProducts.tool, arguments: arguments.map { Array($0.utf8) }, stdin: stdin,
    environment: environment, workingDirectory: workingDirectory, output: output,
    timeLimit: timeLimit)
}

/// Runs any program in a process group of its own.
///
/// - Parameters:
///   - program: a path.
///   - arguments: as raw bytes, so that invalid UTF-8 can be passed too.
///   - stdin: all of standard input, which is a plain file.
///   - environment: the whole environment, but for `PATH`, which is passed on where it is not given.
///   - workingDirectory: nil means the tests' own.
///   - output: where standard output goes.
///   - timeLimit: seconds after which the group is killed.
/// - Throws: ``TestFailure`` where the program cannot be started.
public func runProgram(
  _ program: String, arguments: [[UInt8]], stdin: [UInt8] = [], environment: [String: String] = [:],
  workingDirectory: String? = nil, output: ToolOutput = .captured, timeLimit: Double = 60
) throws -> ToolResult {
  let input = try Pipe.holding(stdin)
  let out = try Pipe()
  let err = try Pipe()

  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, input.reading, 0)
  switch output {
  case .captured: posix_spawn_file_actions_adddup2(&actions, out.writing, 1)
  case .closedPipe:
    posix_spawn_file_actions_adddup2(&actions, out.writing, 1)
    out.closeReading()
  case .file(let path):
    posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  }
  posix_spawn_file_actions_adddup2(&actions, err.writing, 2)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigfillset(&signals)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  // Test runners block signals in their threads, which a program would inherit.
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  posix_spawnattr_setpgroup(&attributes, 0)
  posix_spawnattr_setflags(
    &attributes,
    Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

  var variables = environment
  if variables["PATH"] == nil { variables["PATH"] = getenv("PATH").map { String(cString: $0) } }
  // env(1) changes folder for us: the system call for it is out of reach of the importer.
  let prefix = workingDirectory.map { ["/usr/bin/env", "-C", $0] } ?? []
  let argv = CStrings((prefix + [program]).map { Array($0.utf8) } + arguments)
  let envp = CStrings(variables.map { Array("\($0.key)=\($0.value)".utf8) })
  var process = pid_t()
  let status = starting.withLock { _ in
    posix_spawn(
      &process, prefix.first ?? program, &actions, &attributes, argv.pointers, envp.pointers)
  }
  guard status == 0 else {
    throw TestFailure("cannot start \(program): \(String(cString: strerror(status)))")
  }
  out.closeWriting()
  err.closeWriting()

  let deadline = now() + timeLimit
  var captured: [[UInt8]] = [[], []]
  var sources = [pollfd(fd: out.reading, events: Int16(POLLIN), revents: 0)]
  sources.append(pollfd(fd: err.reading, events: Int16(POLLIN), revents: 0))
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while sources.contains(where: { $0.fd >= 0 }), now() < deadline {
    poll(&sources, nfds_t(sources.count), 20)
    for index in sources.indices where sources[index].fd >= 0 && sources[index].revents != 0 {
      let count = read(sources[index].fd, &chunk, chunk.count)
      if count > 0 { captured[index] += chunk[..<count] } else { sources[index].fd = -1 }
    }
  }
  var code: Int32 = 0
  while waitpid(process, &code, WNOHANG) == 0 {
    if now() >= deadline {
      kill(-process, SIGKILL)
      waitpid(process, &code, 0)
      return ToolResult(ending: .timedOut, stdout: captured[0], stderr: captured[1])
    }
    usleep(500)
  }
  let ending: ToolResult.Ending =
    code & 0x7f == 0 ? .exit(code >> 8 & 0xff) : .signal(code & 0x7f)
  return ToolResult(ending: ending, stdout: captured[0], stderr: captured[1])
}

/// Held while a program starts and while a pipe is not yet marked close-on-exec: a program started in between
/// would inherit the writing end, and its reader would wait for that program too.
private let starting = Mutex(())

private func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Two descriptors, closed with the object; a closed or missing one is -1.
private final class Pipe {
  private(set) var reading: Int32
  private(set) var writing: Int32

  private init(reading: Int32, writing: Int32) {
    self.reading = reading
    self.writing = writing
  }

  convenience init() throws {
    let ends = try starting.withLock { _ in
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw TestFailure("pipe: errno \(errno)") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return ends
    }
    self.init(reading: ends[0], writing: ends[1])
  }

  /// A plain file without a name, read from its beginning: nobody has to feed it while the program runs.
  static func holding(_ bytes: [UInt8]) throws -> Pipe {
    let file = open("/tmp", unnamedFile | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0, write(file, bytes, bytes.count) == bytes.count, lseek(file, 0, SEEK_SET) == 0
    else { throw TestFailure("temporary file: errno \(errno)") }
    return Pipe(reading: file, writing: -1)
  }

  /// O_TMPFILE, which is out of reach of the importer.
  private static let unnamedFile = O_DIRECTORY | 0o20_000_000

  func closeReading() {
    if reading >= 0 { close(reading) }
    reading = -1
  }

  func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  deinit {
    closeReading()
    closeWriting()
  }
}

/// A null-terminated table of C strings, valid for the object's life.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [[UInt8]]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() {
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: string.count + 1)
      for (offset, byte) in string.enumerated() { copy[offset] = CChar(bitPattern: byte) }
      copy[string.count] = 0
      (pointers + index).initialize(to: copy)
    }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { pointers[index]?.deallocate() }
    pointers.deallocate()
  }
}

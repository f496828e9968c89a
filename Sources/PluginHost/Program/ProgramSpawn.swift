import Classification
import Glibc

/// Starts a user's program, not shut in, and keeps this side's ends of everything that connects the two.
struct ProgramSpawn: ~Copyable {
  let process: pid_t
  let connection: Connection

  /// This side's ends.
  struct Connection: ~Copyable {
    /// Where questions go.
    let input: FileDescriptor
    /// Where answers come from.
    let output: FileDescriptor
    let errors: FileDescriptor
    /// Whose closing, by whatever way this process ends, kills the program's group.
    let life: FileDescriptor
  }

  /// Starts a program in a process group of its own, with this process's environment and working directory.
  ///
  /// - Parameters:
  ///   - words: the program as it was named, and its arguments.
  ///   - path: its file.
  ///   - starter: the executable of ``ProgramStart``.
  /// - Throws: ``PluginError`` with code `workerUnavailable` or `programNotExecutable`.
  init(_ words: [String], path: String, starter: String) throws(PluginError) {
    let input = try DescriptorPair.pipe()
    let output = try DescriptorPair.pipe()
    let errors = try DescriptorPair.pipe()
    let life = try DescriptorPair.pipe()
    let failure = try DescriptorPair.pipe()
    let started = ChildProcess.start(
      starter, [ProgramStart.argument, path] + words, environment: nil,
      [
        ChildProcess.Handover(input.first.number, as: STDIN_FILENO),
        ChildProcess.Handover(output.second.number, as: STDOUT_FILENO),
        ChildProcess.Handover(errors.second.number, as: STDERR_FILENO),
        ChildProcess.Handover(failure.second.number, as: ProgramStart.reportDescriptor),
        ChildProcess.Handover(life.first.number, as: LifePipe.descriptor),
      ], leadsGroup: true)
    let process: pid_t
    switch started {
    case .success(let number): process = number
    case .failure(let error):
      throw PluginError(
        .workerUnavailable, "the program \"\(starter)\" cannot be started: \(error)",
        help: error.number == E2BIG
          ? "environment and command together are too long"
          : "name the program textexplain in TEXTEXPLAIN_WORKER")
    }
    if let error = Self.failure(failure.takeFirst(), starter, path) {
      var group = ChildGroup(leader: process)
      group.kill()
      throw error
    }
    self.process = process
    connection = Connection(
      input: input.takeSecond(), output: output.takeFirst(), errors: errors.takeFirst(),
      life: life.takeSecond())
  }

  /// Waits until the program runs.
  ///
  /// - Returns: why it does not; nil where it does, or has ended already, which is found out later.
  private static func failure(
    _ reports: consuming FileDescriptor, _ starter: String, _ path: String
  ) -> PluginError? {
    guard report(reports) == ProgramStart.greeting else {
      return PluginError(
        .workerUnavailable, "the program \"\(starter)\" is no textexplain of this version",
        help: "name the program textexplain in TEXTEXPLAIN_WORKER")
    }
    return report(reports).map { error(SystemError(number: $0), path) }
  }

  /// The next number that ``ProgramStart`` sends; nil where the pipe is closed, or nothing comes.
  private static func report(_ reports: borrowing FileDescriptor) -> Int32? {
    let patience: Int32 = 30_000
    var number: Int32 = 0
    let size = MemoryLayout.size(ofValue: number)
    while true {
      var descriptor = pollfd(fd: reports.number, events: Int16(POLLIN), revents: 0)
      let count = poll(&descriptor, 1, patience)
      if count < 0 && errno == EINTR { continue }
      return count > 0 && read(reports.number, &number, size) == size ? number : nil
    }
  }

  private static func error(_ reason: SystemError, _ path: String) -> PluginError {
    let help =
      switch reason.number {
      case ENOEXEC:
        "a script begins with the line #!/usr/bin/env python3, or is named behind what runs it, as "
          + "--program 'python3 \(path)'"
      case ENOENT: "its first line, or its header, names an interpreter that is not there"
      default: "see whether it runs by itself"
      }
    return PluginError(
      .programNotExecutable,
      "the program \(TextExcerpt(of: path, limit: 200)) cannot be run: \(reason)", help: help)
  }
}

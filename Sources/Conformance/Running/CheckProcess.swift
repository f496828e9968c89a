import Glibc
import PluginHost

/// A process that asks one check's question, and what it left behind.
struct CheckProcess {
  /// How it ended.
  enum Ending: Equatable {
    /// With an exit code.
    case exit(Int32)
    /// By a signal.
    case signal(Int32)
    /// It ended, and nobody kept how: this program was started with SIGCHLD ignored.
    case unknown
    /// It was killed because its time was up.
    case outOfTime
    /// It was killed because it had more to say than anybody reads.
    case saysTooMuch
  }

  /// The lines of its ``ProgressPipe``.
  var lines: [Substring]
  /// What it wrote to standard output and standard error.
  var output: [UInt8]
  var ending: Ending

  /// The most output that is kept.
  private static let outputLimit = 1 << 16
  /// The most that is read of the progress: no plugin has that many labels and options.
  static let progressLimit = 1 << 24

  /// Runs a program and waits for its end, or until the time is up; then it is killed.
  ///
  /// - Parameter hasOwnGroup: whether it leads a process group, which is killed as a whole, also when this process
  ///   ends. One that a check starts stays in the check's group and dies with it.
  /// - Throws: ``Violation`` where it cannot be started.
  init(
    _ program: String, _ arguments: [String], environment: [String], timeLimit: Double,
    hasOwnGroup: Bool
  ) throws {
    let progress = try Self.pipe()
    let output = try Self.pipe()
    let life = try Self.pipe()
    var handovers = [
      ChildProcess.Handover(output.second.number, as: STDOUT_FILENO),
      ChildProcess.Handover(output.second.number, as: STDERR_FILENO),
      ChildProcess.Handover(progress.second.number, as: ProgressPipe.descriptor),
    ]
    if hasOwnGroup {
      handovers.append(ChildProcess.Handover(life.first.number, as: LifePipe.descriptor))
    }
    let started = ChildProcess.start(
      program, arguments, environment: environment, handovers, leadsGroup: hasOwnGroup)
    let process: pid_t
    switch started {
    case .success(let number): process = number
    case .failure(let error): throw Violation("\(program) cannot be started: \(error)")
    }
    let guardian = life.takeSecond()
    let progressEnd = progress.takeFirst()
    let outputEnd = output.takeFirst()

    let deadline = monotonicSeconds() + timeLimit
    var texts: [[UInt8]] = [[], []]
    var sources = [progressEnd.number, outputEnd.number].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var ending: Ending?
    // The descriptors alone would not do: a process that the plugin started may hold them open.
    while ending == nil, monotonicSeconds() < deadline {
      ending = Self.wait(for: process, WNOHANG)
      repeat {
        poll(&sources, nfds_t(sources.count), ending == nil ? 2 : 0)
        for index in sources.indices where sources[index].revents != 0 {
          let count = read(sources[index].fd, &chunk, chunk.count)
          if count <= 0 { sources[index].fd = -1 }
          if count > 0, texts[index].count < (index == 0 ? Self.progressLimit : Self.outputLimit) {
            texts[index] += chunk[..<count]
          }
        }
        if texts[0].count >= Self.progressLimit {
          if ending == nil {
            kill(process, SIGKILL)
            _ = Self.wait(for: process, 0)
          }
          ending = .saysTooMuch
          sources[0].fd = -1
        }
        // What it left behind may write for ever.
      } while ending != nil && monotonicSeconds() < deadline
        && sources.contains { $0.fd >= 0 && $0.revents != 0 }
    }
    // Also after its end: whatever it started is in its group.
    if hasOwnGroup && ending != .unknown { kill(-process, SIGKILL) }
    if ending == nil {
      kill(process, SIGKILL)
      _ = Self.wait(for: process, 0)
    }
    // Not earlier: the group would be killed as if this process had ended.
    withExtendedLifetime(guardian) {}
    withExtendedLifetime(progressEnd) {}
    withExtendedLifetime(outputEnd) {}
    self.ending = ending ?? .outOfTime
    self.output = texts[1]
    lines = String(decoding: texts[0], as: UTF8.self).split(separator: "\n")
  }

  /// Takes a process's end; nil where it goes on.
  private static func wait(for process: pid_t, _ flags: Int32) -> Ending? {
    var status: Int32 = 0
    while true {
      let answer = waitpid(process, &status, flags)
      if answer == 0 { return nil }
      if answer < 0 && errno == EINTR { continue }
      if answer < 0 { return .unknown }
      return status & 0x7f != 0 ? .signal(status & 0x7f) : .exit(status >> 8 & 0xff)
    }
  }

  private static func pipe() throws -> DescriptorPair {
    do throws(PluginError) {
      return try DescriptorPair.pipe()
    } catch {
      throw Violation(error.message)
    }
  }
}

/// The monotonic clock in seconds.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

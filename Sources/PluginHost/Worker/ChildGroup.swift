import Glibc

/// A child process that leads a process group of its own.
struct ChildGroup {
  /// How the leader ended.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
    /// It had not ended in time, and was killed.
    case killed
    /// Nobody knows: somebody else in this process waits for its children, or nobody does.
    case vanished
  }

  /// The leader, whose number is the group's.
  let leader: pid_t
  /// Whether the group was killed and its leader waited for.
  private(set) var isGone = false

  init(leader: pid_t) { self.leader = leader }

  /// Whether the leader is known to have ended; it stays a zombie, so that its group cannot become somebody else's
  /// before it is killed.
  var hasEnded: Bool { state != .running }

  /// Kills the leader and everything that it has started.
  mutating func kill() { _ = end(within: 0) }

  /// Gives the leader time to end by itself, then kills what is left of the group.
  ///
  /// - Parameter milliseconds: the most time given.
  mutating func end(within milliseconds: Int) -> Ending {
    if isGone { return .vanished }
    isGone = true
    var state = state
    for _ in 0..<2 * milliseconds where state == .running {
      usleep(500)
      state = self.state
    }
    if state == .vanished { return .vanished }
    Glibc.kill(-leader, SIGKILL)
    // Before it was the leader of its group.
    if state == .running { Glibc.kill(leader, SIGKILL) }
    var status: Int32 = 0
    while waitpid(leader, &status, 0) < 0 && errno == EINTR {}
    if state == .running { return .killed }
    return status & 0x7f != 0 ? .signal(status & 0x7f) : .exit(status >> 8 & 0xff)
  }

  private enum State {
    case running, ended, vanished
  }

  /// Where a program ignores SIGCHLD, or waits for all its children, the number may be another's by now.
  private var state: State {
    var information = siginfo_t()
    guard waitid(P_PID, id_t(leader), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else {
      return errno == ECHILD ? .vanished : .running
    }
    return information.si_signo == 0 ? .running : .ended
  }
}

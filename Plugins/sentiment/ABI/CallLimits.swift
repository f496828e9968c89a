import CTextExplain
import Glibc

/// Asks the host from time to time whether a call should go on.
struct CallLimits {
  /// Bytes of text between two questions: 10 to 25 ms of work.
  private static let interval = 1 << 20

  private let deadline: UInt64
  private let shouldStop: (@convention(c) (UnsafeMutableRawPointer?) -> Int32)?
  private let context: UnsafeMutableRawPointer?
  private var done = 0

  /// Reads the limits of a call and answers at once if they are already exceeded.
  init(_ call: UnsafePointer<tx_call>?) throws(PluginFailure) {
    let size = call.map { Int($0.pointee.size) } ?? 0
    deadline = size >= Layout.callDeadline ? call?.pointee.deadline_ns ?? 0 : 0
    shouldStop = size >= Layout.callStop ? call?.pointee.should_stop : nil
    context = size >= Layout.callStop ? call?.pointee.ctx : nil
    try ask()
  }

  /// Counts work and asks the host when enough of it has gathered.
  @inline(__always)
  mutating func count(_ bytes: Int) throws(PluginFailure) {
    done += bytes + 64
    if done > Self.interval {
      done = 0
      try ask()
    }
  }

  private func ask() throws(PluginFailure) {
    if let shouldStop, shouldStop(context) != 0 {
      throw PluginFailure(TX_E_CANCELLED, "cancelled")
    }
    if deadline != 0 {
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      if UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec) >= deadline {
        throw PluginFailure(TX_E_DEADLINE, "the deadline has passed")
      }
    }
  }
}

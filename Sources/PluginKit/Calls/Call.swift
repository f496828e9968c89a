import CTextExplain
import Glibc

/// The limits of one call: asks the host from time to time whether to go on.
public struct Call {
  /// Bytes of text between two questions: 10 to 25 ms of work where a byte takes 10 to 25 ns.
  @usableFromInline static let interval = 1 << 20

  /// For models that draw random numbers: equal seed and equal texts give equal scores.
  public let seed: UInt64
  private let deadline: UInt64
  private let shouldStop: (@convention(c) (UnsafeMutableRawPointer?) -> Int32)?
  private let context: UnsafeMutableRawPointer?
  @usableFromInline var done = 0

  /// Reads the limits of a call and answers at once if they are already exceeded.
  init(_ call: UnsafePointer<tx_call>?) throws {
    let size = call.map { Int($0.pointee.size) } ?? 0
    seed = size >= Layout.callSeed ? call?.pointee.seed ?? 0 : 0
    deadline = size >= Layout.callDeadline ? call?.pointee.deadline_ns ?? 0 : 0
    shouldStop = size >= Layout.callStop ? call?.pointee.should_stop : nil
    context = size >= Layout.callStop ? call?.pointee.ctx : nil
    try poll()
  }

  /// Asks the host whether to go on; to be called at least every 50 ms of work.
  ///
  /// - Throws: ``PluginError`` with `.cancelled` or `.deadline`, to be passed on.
  public func poll() throws {
    if let shouldStop, shouldStop(context) != 0 { throw PluginError(.cancelled, "cancelled") }
    if deadline != 0 {
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      if UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec) >= deadline {
        throw PluginError(.deadline, "the deadline has passed")
      }
    }
  }

  /// Counts the bytes of a text that was scored, and asks the host when many have gathered: for models
  /// that take nanoseconds a byte.
  ///
  /// Slower ones ask with ``poll()``.
  @inlinable
  public mutating func didScore(bytes: Int) throws {
    done += bytes + 64
    if done > Self.interval {
      done = 0
      try poll()
    }
  }
}

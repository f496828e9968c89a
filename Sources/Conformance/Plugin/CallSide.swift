import CTextExplain
import Glibc
import Synchronization

/// The limits of one call.
///
/// Invariant: the object lives until the call has returned.
final class CallSide {
  private let memory: ForeignMemory<tx_call>
  private let polls: Polls

  var pointer: UnsafePointer<tx_call> { UnsafePointer(memory.pointer) }

  /// Makes limits.
  ///
  /// - Parameters:
  ///   - seed: for models that draw.
  ///   - polls: how many questions are answered with "go on"; nil means all.
  ///   - milliseconds: from now to the deadline, which may lie in the past; nil means none.
  init(
    seed: UInt64 = 0, polls: Int? = nil, milliseconds: Int? = nil,
    size: Int = ForeignMemory<tx_call>.size
  ) {
    let counter = Polls(polls ?? .max)
    self.polls = counter
    let now = UInt64(monotonicSeconds() * 1e9)
    let deadline = milliseconds.map { UInt64(max(1, Int64(now) + Int64($0) * 1_000_000)) } ?? 0
    memory = ForeignMemory(
      tx_call(
        size: 0, flags: 0, deadline_ns: deadline, seed: seed,
        ctx: Unmanaged.passUnretained(counter).toOpaque(),
        should_stop: { context in
          guard let context else { return 0 }
          return Unmanaged<Polls>.fromOpaque(context).takeUnretainedValue().isUp ? 1 : 0
        }), size: size)
  }

  /// The questions that are still answered with "go on"; any thread may ask them.
  private final class Polls: Sendable {
    private let left: Atomic<Int>

    init(_ count: Int) { left = Atomic(count) }

    /// Takes one.
    ///
    /// Below zero the answer stays the same: nobody asks often enough to come round.
    var isUp: Bool { left.wrappingSubtract(1, ordering: .relaxed).newValue < 0 }
  }
}

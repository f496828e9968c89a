import CTextExplain
import Glibc

/// The limits of one call.
final class CallSide {
  private let memory: ForeignMemory<tx_call>
  /// How often the plugin may still ask before it is told to stop; negative means for ever.
  private let left = UnsafeMutablePointer<Int>.allocate(capacity: 1)

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
    left.initialize(to: polls ?? -1)
    let now = UInt64(monotonicSeconds() * 1e9)
    let deadline = milliseconds.map { UInt64(max(1, Int64(now) + Int64($0) * 1_000_000)) } ?? 0
    memory = ForeignMemory(
      tx_call(
        size: 0, flags: 0, deadline_ns: deadline, seed: seed, ctx: left,
        should_stop: { context in
          guard let left = context?.assumingMemoryBound(to: Int.self), left.pointee >= 0 else {
            return 0
          }
          if left.pointee == 0 { return 1 }
          left.pointee -= 1
          return 0
        }), size: size)
  }

  deinit { left.deallocate() }
}

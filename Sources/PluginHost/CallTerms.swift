import CTextExplain
import Glibc

/// What one call of a plugin may cost, and what it draws random numbers from.
package struct CallTerms: Equatable {
  /// When the plugin should give up, in nanoseconds of `CLOCK_MONOTONIC`; 0 means never.
  package var deadline: UInt64 = 0
  package var seed: UInt64 = 0

  /// No limit, and one seed.
  package init(seed: UInt64 = 0) { self.seed = seed }

  /// Terms of a call that begins now.
  ///
  /// - Parameter limit: after which the host ends the call. The plugin hears of a little less, so that one that keeps
  ///   the time can say itself that it ran out of it.
  package init(limit: Duration, seed: UInt64) {
    let nanoseconds = min(limit * 0.95 / .nanoseconds(1), 1e18)
    deadline = Self.now + UInt64(max(0, nanoseconds))
    self.seed = seed
  }

  /// Lays the terms out as the header wants them, for the duration of one call.
  func withContract<Result>(_ body: (UnsafePointer<tx_call>) -> Result) -> Result {
    var deadline = deadline
    return withUnsafeMutablePointer(to: &deadline) { context in
      var call = tx_call(
        size: UInt32(MemoryLayout<tx_call>.size), flags: 0, deadline_ns: context.pointee,
        seed: seed, ctx: context,
        should_stop: { context in
          guard let deadline = context?.assumingMemoryBound(to: UInt64.self).pointee else {
            return 0
          }
          return deadline != 0 && CallTerms.now >= deadline ? 1 : 0
        })
      return body(&call)
    }
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// The terms of all calls of one model.
struct CallPolicy {
  /// The longest that a call may take; nil means for ever.
  var timeout: Duration?
  var seed: UInt64 = 0

  /// The terms of a call that begins now.
  var terms: CallTerms {
    timeout.map { CallTerms(limit: $0, seed: seed) } ?? CallTerms(seed: seed)
  }
}

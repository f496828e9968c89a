import CTextExplain
import Glibc

/// A host table for one instance, which counts what is logged wrongly.
///
/// Invariant: the object lives until `destroy` has returned; ``OpenModel`` sees to that.
final class HostSide {
  private let memory: ForeignMemory<tx_host>
  private let name = strdup("textexplain")
  private let version = strdup("check")
  private let counts = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

  var pointer: UnsafePointer<tx_host> { UnsafePointer(memory.pointer) }
  /// Messages whose level is none of the header's.
  var badMessages: Int { Int(counts.pointee) }

  init(size: Int = ForeignMemory<tx_host>.size, hasLog: Bool = true) {
    counts.initialize(to: 0)
    memory = ForeignMemory(
      tx_host(
        size: 0, abi_minor: TX_ABI_MINOR, ctx: counts, name: name, version: version,
        log: hasLog
          ? { context, level, message, length in
            let isGood =
              level >= TX_LOG_DEBUG && level <= TX_LOG_ERROR && (message != nil || length == 0)
            // Any thread may log; a lost count among several does no harm.
            if !isGood { context?.assumingMemoryBound(to: Int32.self).pointee += 1 }
          } : nil), size: size)
  }

  deinit {
    free(name)
    free(version)
    counts.deallocate()
  }
}

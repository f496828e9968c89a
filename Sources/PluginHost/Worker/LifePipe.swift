import CProcess
import Glibc

/// What ends a process with the one that started it, whatever either is doing at that time.
///
/// The child has the reading end of a pipe whose only writing end its parent holds, and the kernel kills the child's
/// process group when that is closed.
package enum LifePipe {
  /// The child's descriptor of the reading end.
  package static let descriptor: Int32 = 4

  /// Arms the pipe, before anything untrusted runs; the caller has to lead its process group.
  ///
  /// - Returns: false where there is no such pipe, or the parent is gone already.
  package static func arm() -> Bool { cprocess_die_with(descriptor) == 0 }
}

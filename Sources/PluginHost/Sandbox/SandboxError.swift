/// A sandbox that cannot be entered.
///
/// A process that met one may be restricted in part: it loads no plugin and ends.
package enum SandboxError: Error, Sendable, Equatable {
  /// There are other threads, which would stay outside.
  case otherThreads(count: Int)
  /// The kernel lacks a layer that is required.
  case missing(SandboxLayer)
  /// What was to be opened has a name that leads nowhere.
  case badPath(String, reason: String)
  /// A step failed for a reason of the system, such as `cannot allocate memory`.
  case failed(step: String, reason: String)
}

extension SandboxError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .otherThreads(let count):
      "a process with \(count) other threads cannot enter a sandbox"
    case .missing(let layer): layer.absence
    case .badPath(let path, let reason): "\"\(path)\" cannot be opened: \(reason)"
    case .failed(let step, let reason): "\(step) failed: \(reason)"
    }
  }
}

import Glibc
import Synchronization

/// A check's line to the program that started it: what it is about to do, and in the end its verdict.
///
/// One line a message: `@` and the next step, or `=`, the verdict's word, a tabulator and its reason.
final class ProgressPipe {
  /// The descriptor that a check's process inherits.
  static let descriptor: Int32 = 3

  private let descriptor: Int32
  private let lastStep = Mutex("")

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Says what comes next, so that a crash can be placed.
  func step(_ step: String) {
    let isNew = lastStep.withLock { last in
      defer { last = step }
      return last != step
    }
    if isNew { send("@" + step) }
  }

  /// Says how the check ended.
  func end(_ word: String, _ reason: String = "") { send("=\(word)\t\(reason)") }

  private func send(_ line: String) {
    var bytes = Array(line.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 })
    bytes.append(UInt8(ascii: "\n"))
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      sent += max(count, 0)
    }
  }
}

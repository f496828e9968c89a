import Glibc
import PluginHost
import Synchronization

/// Ends the program on an interrupt with status 130 (128 and the signal's number), without leaving a half-written
/// file behind.
enum InterruptHandler {
  /// The file to remove, as a C string that lives until the program ends.
  ///
  /// Written once, before any work starts, and
  /// read by the signal handler only.
  nonisolated(unsafe) private static var temporaryPath: UnsafeMutablePointer<CChar>?

  /// Whether an unfinished line stands on standard error, which is then taken away.
  static let isLineShown = Atomic(false)

  /// Installs the handler and turns a closed pipe from a signal into an error of `write`.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        if let path = InterruptHandler.temporaryPath { unlink(path) }
        ScratchFolder.removeAll()
        if InterruptHandler.isLineShown.load(ordering: .relaxed) {
          write(STDERR_FILENO, "\r\u{1B}[K", 4)
        }
        _exit(128 + number)
      }
    }
  }

  /// Has the file removed on an interrupt.
  static func remove(_ path: String) {
    temporaryPath = strdup(path)
  }
}

import Glibc

/// Ends the program with status 130 on an interrupt, without leaving a half-written file behind.
enum InterruptHandler {
  /// The file to remove, as a C string that lives until the program ends.
  ///
  /// Written once, before any work starts, and
  /// read by the signal handler only.
  nonisolated(unsafe) private static var temporaryPath: UnsafeMutablePointer<CChar>?

  /// Installs the handler and turns a closed pipe from a signal into an error of `write`.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGINT) { _ in
      if let path = InterruptHandler.temporaryPath { unlink(path) }
      _exit(130)
    }
  }

  /// Has the file removed on an interrupt.
  static func remove(_ path: String) {
    temporaryPath = strdup(path)
  }
}

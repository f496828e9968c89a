import Glibc

/// An open file of the operating system.
struct FileDescriptor {
  let number: Int32

  static let standardInput = FileDescriptor(number: STDIN_FILENO)
  static let standardOutput = FileDescriptor(number: STDOUT_FILENO)
  static let standardError = FileDescriptor(number: STDERR_FILENO)

  /// An error of the operating system.
  struct SystemError: Error {
    let number: Int32
    var isBrokenPipe: Bool { number == EPIPE }
    var description: String { String(cString: strerror(number)) }
  }

  /// Opens a file.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) throws(SystemError) -> Self
  {
    let number = Glibc.open(path, flags | O_CLOEXEC, mode)
    if number < 0 { throw SystemError(number: errno) }
    return FileDescriptor(number: number)
  }

  /// Whether a person sits at the other end.
  var isTerminal: Bool { isatty(number) == 1 }

  /// The width of the terminal in columns, where there is one.
  var terminalWidth: Int? {
    var size = winsize()
    guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Reads everything up to the end.
  func readAll() throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(number, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError(number: errno)
      }
      bytes += buffer[..<count]
    }
  }

  /// Writes all bytes.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(number, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError(number: errno)
      }
      written += count
    }
  }

  /// Closes the file; the error of a delayed write appears here.
  func close() throws(SystemError) {
    if Glibc.close(number) != 0 { throw SystemError(number: errno) }
  }
}

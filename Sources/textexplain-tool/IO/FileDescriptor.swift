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

    /// What to do where the cause is neither the name nor the permissions of a file.
    var writingHelp: String? {
      switch number {
      case ENOSPC, EDQUOT: "make room there, or write to another place"
      case EFBIG: "write to another place, or raise the limit that ulimit -f shows"
      case EIO: "the device fails; write to another place"
      default: nil
      }
    }
  }

  /// Opens a file.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) throws(SystemError) -> Self
  {
    let number = Glibc.open(path, flags | O_CLOEXEC, mode)
    if number < 0 { throw SystemError(number: errno) }
    return FileDescriptor(number: number)
  }

  /// Makes a file with a new name in the folder of `path`.
  static func openTemporary(beside path: String) throws(SystemError) -> (Self, path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    var template = Array("\(folder).\(name).XXXXXX".utf8CString)
    let number = mkstemp(&template)
    if number < 0 || fcntl(number, F_SETFD, FD_CLOEXEC) < 0 { throw SystemError(number: errno) }
    let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (FileDescriptor(number: number), made)
  }

  /// Who may do what with a new file, by this process's umask.
  static var standardMode: mode_t {
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  /// Says who may do what with the file.
  func setMode(_ mode: mode_t) throws(SystemError) {
    if fchmod(number, mode) != 0 { throw SystemError(number: errno) }
  }

  /// Sees to it that the standard descriptors are taken, so that no file opened later becomes one of them.
  ///
  /// One that was closed is then open for the wrong direction: reading finds nothing, writing fails.
  static func reserveStandardDescriptors() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      _ = Glibc.open("/dev/null", O_RDONLY)
    }
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

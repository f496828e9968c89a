import Glibc

/// Where the result goes, opened before any work starts so that a bad path fails at once.
///
/// A regular file is written under a temporary name and renamed when it is complete; a device, a FIFO or standard
/// output is written directly.
struct OutputDestination {
  private let file: FileDescriptor
  private let path: String?
  private let temporaryPath: String?

  /// Standard output.
  static let standardOutput = OutputDestination(
    file: .standardOutput, path: nil, temporaryPath: nil)

  /// Opens a path for writing.
  static func open(_ path: String) throws -> OutputDestination {
    if let descriptor = descriptor(named: path) {
      return OutputDestination(file: descriptor, path: path, temporaryPath: nil)
    }
    do {
      // A link stays a link: the file that it names is replaced or made.
      let target = resolved(path)
      var status = stat()
      let exists = stat(target, &status) == 0
      if exists, status.st_mode & S_IFMT != S_IFREG {
        return OutputDestination(
          file: try .open(target, O_WRONLY), path: path, temporaryPath: nil)
      }
      if exists, access(target, W_OK) != 0 {
        throw FileDescriptor.SystemError(number: errno)
      }
      let (file, temporary) = try FileDescriptor.openTemporary(beside: target)
      InterruptHandler.remove(temporary)
      try file.setMode(exists ? status.st_mode & 0o777 : FileDescriptor.standardMode)
      return OutputDestination(file: file, path: target, temporaryPath: temporary)
    } catch let error as FileDescriptor.SystemError {
      throw failure(path, error)
    }
  }

  /// Whether a person reads along.
  var isTerminal: Bool { file.isTerminal }

  /// The width of the terminal in columns, where there is one.
  var terminalWidth: Int? { file.terminalWidth }

  /// Writes the whole result and puts it in its place.
  ///
  /// A closed pipe is no error: whoever read the output has seen enough.
  func finish(with bytes: [UInt8]) throws {
    do {
      try file.write(bytes)
      guard let path, file.number > STDERR_FILENO else { return }
      try file.close()
      if let temporaryPath, rename(temporaryPath, path) != 0 {
        throw FileDescriptor.SystemError(number: errno)
      }
    } catch let error as FileDescriptor.SystemError {
      if error.isBrokenPipe { return }
      discard()
      throw Self.failure(path ?? "standard output", error)
    }
  }

  /// Leaves no trace of an output that will never be complete.
  func discard() {
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// The open descriptor that a path names, as `/dev/stdout` does: it is written as it stands, also where it leads
  /// to a file.
  private static func descriptor(named path: String) -> FileDescriptor? {
    switch path {
    case "-", "/dev/stdout": return .standardOutput
    case "/dev/stderr": return .standardError
    default:
      guard path.hasPrefix("/dev/fd/") else { return nil }
      return Int32(path.dropFirst("/dev/fd/".count)).map { FileDescriptor(number: $0) }
    }
  }

  /// Where a path leads in the end, also where nothing is there yet.
  private static func resolved(_ path: String) -> String {
    var path = path
    // As many links as the kernel follows.
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      if count < 0 { break }
      let target = String(
        decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
      path = target.hasPrefix("/") ? target : folder + target
    }
    return path
  }

  private static func failure(_ path: String, _ error: FileDescriptor.SystemError) -> Failure {
    Failure(
      .outputNotWritten, code: "output-not-written",
      "cannot write to \"\(path)\": \(error.description)",
      help: error.writingHelp ?? "name a file in a folder that exists and that you may write to")
  }
}

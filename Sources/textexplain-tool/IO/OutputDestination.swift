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
    var status = stat()
    let exists = stat(path, &status) == 0
    do {
      if exists, status.st_mode & S_IFMT != S_IFREG {
        return OutputDestination(
          file: try .open(path, O_WRONLY), path: path, temporaryPath: nil)
      }
      // A link stays a link: the file that it names is replaced.
      let target = exists ? resolved(path) : path
      if exists, access(target, W_OK) != 0 {
        throw FileDescriptor.SystemError(number: errno)
      }
      let temporary = "\(target).\(getpid()).partial"
      let mode = exists ? status.st_mode & 0o777 : 0o666
      let file = try FileDescriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
      InterruptHandler.remove(temporary)
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
      guard let path else { return }
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

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func failure(_ path: String, _ error: FileDescriptor.SystemError) -> Failure {
    Failure(
      .outputNotWritten, code: "output-not-written",
      "cannot write to \"\(path)\": \(error.description)",
      help: "name a file in a folder that exists and that you may write to")
  }
}

import Glibc

/// Catches what is written to standard output and standard error, also what waits in the C library's buffers.
enum OutputCapture {
  /// Runs a body.
  ///
  /// - Returns: the first bytes that it wrote.
  static func during(_ body: () throws -> Void) throws -> [UInt8] {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Violation("no pipe can be made") }
    // A writer of more than the pipe holds must not wait for us.
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let saved = [dup(STDOUT_FILENO), dup(STDERR_FILENO)]
    dup2(ends[1], STDOUT_FILENO)
    dup2(ends[1], STDERR_FILENO)
    defer { for descriptor in ends + saved { close(descriptor) } }
    let result = Result { try body() }
    fflush(nil)
    dup2(saved[0], STDOUT_FILENO)
    dup2(saved[1], STDERR_FILENO)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(ends[0], &bytes, bytes.count)
    try result.get()
    return Array(bytes.prefix(max(0, count)))
  }
}

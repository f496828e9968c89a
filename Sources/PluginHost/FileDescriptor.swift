import Glibc

/// An open file, closed when it goes out of scope.
package struct FileDescriptor: ~Copyable {
  package let number: Int32

  /// Takes over an open file.
  init(owning number: Int32) { self.number = number }

  /// Opens a file for reading without ever waiting, as a FIFO would make us.
  ///
  /// - Returns: nil with the reason in `errno`.
  init?(reading path: String) {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    // Before anything is stored: deinit would run close(-1) and spoil the reason.
    if number < 0 { return nil }
    self.number = number
  }

  deinit { close(number) }

  /// What the file system knows of the open file.
  var status: stat? {
    var status = stat()
    return fstat(number, &status) == 0 ? status : nil
  }

  /// The path of the open file with all symbolic links resolved.
  var realPath: String? { AbsolutePath.target(ofLink: "/proc/self/fd/\(number)") }

  /// Reads bytes at an offset.
  ///
  /// - Returns: the number of bytes read, fewer than asked only at the end of the file; nil with the reason in
  ///   `errno`.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int? {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(number, rest.baseAddress, rest.count, offset + filled)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}

import Glibc

/// What a process writes to standard output or standard error, as log messages line by line.
struct CapturedOutput: ~Copyable {
  private let descriptor: FileDescriptor
  private let prefix: String
  private var line: [UInt8] = []
  private var isOpen = true

  /// Longer lines are shown in parts.
  private static let longestLine = 4096

  /// Captures what comes out of a pipe.
  ///
  /// - Parameter name: where it was written to, before each line; nil where that is plain.
  init(_ descriptor: consuming FileDescriptor, name: String?) {
    self.descriptor = descriptor
    prefix = name.map { $0 + ": " } ?? ""
    _ = fcntl(self.descriptor.number, F_SETFL, O_NONBLOCK)
  }

  /// The descriptor to wait for, or -1, which `poll` ignores, where the pipe has ended.
  var number: Int32 { isOpen ? descriptor.number : -1 }

  /// Takes what there is, without waiting, and not for ever where there is always more.
  mutating func drain(into log: (PluginLogMessage) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { buffer in
      for _ in 0..<16 where isOpen {
        let count = read(descriptor.number, buffer.baseAddress, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count < 0 && errno == EAGAIN { return }
        if count <= 0 {
          isOpen = false
          if !line.isEmpty { flush(into: log) }
          return
        }
        for byte in buffer[..<count] {
          if byte == UInt8(ascii: "\n") {
            flush(into: log)
          } else {
            line.append(byte)
            if line.count == Self.longestLine { flush(into: log) }
          }
        }
      }
    }
  }

  private mutating func flush(into log: (PluginLogMessage) -> Void) {
    let text = String(decoding: line, as: UTF8.self)
    log(PluginLogMessage(level: .warning, text: prefix + text))
    line.removeAll(keepingCapacity: true)
  }
}

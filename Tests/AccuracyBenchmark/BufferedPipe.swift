import Foundation

/// The two ends of a conversation with a child process, read line by line or byte by byte.
final class BufferedPipe {
  private let input: FileHandle
  private let output: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0

  init(reading input: FileHandle, writing output: FileHandle) {
    self.input = input
    self.output = output
  }

  /// The next line without its end.
  func line() throws -> [UInt8] {
    while true {
      if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return Array(buffer[position..<end])
      }
      try fill()
    }
  }

  /// The next `count` bytes.
  func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    while buffer.count - position < count { try fill() }
    defer { position += count }
    return buffer[position..<position + count]
  }

  func write(_ bytes: some Sequence<UInt8>) throws {
    try output.write(contentsOf: Data(bytes))
  }

  /// Tells the other end that nothing more comes.
  func close() throws { try output.close() }

  private func fill() throws {
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    let data = input.availableData
    guard !data.isEmpty else { throw BenchmarkError("the peers' process ended early") }
    buffer += data
  }
}

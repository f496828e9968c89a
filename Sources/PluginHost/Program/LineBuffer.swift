import Glibc

/// Cuts a stream of bytes into lines.
package struct LineBuffer {
  /// What has come of the lines not yet taken.
  package private(set) var bytes: [UInt8] = []
  /// Where the first line ends, where it does.
  private var end: Int?
  /// The longest line believed, in bytes.
  package let limit: Int

  package init(limit: Int) { self.limit = limit }

  /// Whether the line that has begun is longer than any may be.
  package var isTooLong: Bool { !hasLine && bytes.count > limit }

  /// Whether a line is complete.
  package var hasLine: Bool { end != nil }

  /// Appends what has come.
  ///
  /// - Complexity: O(bytes appended).
  package mutating func append(_ chunk: UnsafeRawBufferPointer) {
    let start = bytes.count
    bytes.append(contentsOf: chunk)
    if end == nil { end = Self.lineFeed(in: bytes, from: start) }
  }

  /// The next complete line without its line feed, nil where more bytes are needed.
  package mutating func next() -> [UInt8]? {
    guard let end else { return nil }
    let line = Array(bytes[..<end])
    bytes.removeSubrange(...end)
    self.end = Self.lineFeed(in: bytes, from: 0)
    return line
  }

  private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let place = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(place) - base
    }
  }
}

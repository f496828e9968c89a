/// What a frame between host and worker is about.
package enum FrameKind: UInt16, CaseIterable {
  // From the worker as soon as it runs.
  case hello = 1
  // From the host.
  case load, create, predict, prepare, score, release, tokenize
  // Answers.
  case loaded, created, scores, prepared, tokens, openingFailed, scoringFailed
  // From the worker at any time.
  case log
}

/// Frames on the socket between host and worker: a header of eight bytes, then the payload.
///
/// The header is the payload's length (32 bits), the protocol's version and the frame's kind (16 bits each), all
/// in the machine's own byte order: both ends run on it.
package enum FrameHeader {
  package static let count = 8
  /// Raised with every change of any frame.
  package static let protocolVersion: UInt16 = 3
  /// What the hello frame says.
  package static let greeting = "textexplain worker"
}

/// One received frame.
package struct Frame {
  package let kind: FrameKind
  package let payload: [UInt8]

  package init(kind: FrameKind, payload: [UInt8]) {
    self.kind = kind
    self.payload = payload
  }

  /// Reads the payload, which has to be one value from beginning to end.
  package func decode<Value: WireValue>(_ type: Value.Type = Value.self) throws(WireFault) -> Value
  {
    var reader = FrameReader(payload)
    let value = try Value(from: &reader)
    try reader.finish()
    return value
  }
}

/// Writes frames into one reused buffer.
package struct FrameWriter {
  package private(set) var bytes: [UInt8] = []

  /// Makes an empty writer.
  package init() {}

  /// A complete frame of one value.
  package init(_ kind: FrameKind, _ value: some WireValue) {
    begin(kind)
    put(value)
    end()
  }

  /// Starts a frame in place of what was written before.
  package mutating func begin(_ kind: FrameKind) {
    bytes.removeAll(keepingCapacity: true)
    putRaw(CollectionOfOne(UInt32(0)))
    putRaw([FrameHeader.protocolVersion, kind.rawValue])
  }

  package mutating func put(_ value: some WireValue) { value.write(to: &self) }

  /// Appends the bytes of plain values, without their number.
  package mutating func putRaw<Element: BitwiseCopyable>(_ values: some Collection<Element>) {
    let isContiguous: Void? = values.withContiguousStorageIfAvailable {
      bytes.append(contentsOf: UnsafeRawBufferPointer($0))
    }
    if isContiguous == nil {
      Array(values).withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
  }

  /// Completes the frame: its length is known now.
  package mutating func end() {
    let length = UInt32(bytes.count - FrameHeader.count)
    withUnsafeBytes(of: length) { bytes.replaceSubrange(0..<4, with: $0) }
  }
}

/// Reads one frame's payload from front to back and never past its end.
package struct FrameReader {
  private let bytes: [UInt8]
  private var offset = 0

  package init(_ payload: [UInt8]) { bytes = payload }

  /// The next value; its type is named wherever an optional one is expected.
  package mutating func get<Value: WireValue>(
    _ type: Value.Type = Value.self
  ) throws(WireFault) -> Value { try Value(from: &self) }

  /// The bytes of plain values whose number is known.
  package mutating func raw<Element: BitwiseCopyable>(_ count: Int) throws(WireFault) -> [Element] {
    let stride = MemoryLayout<Element>.stride
    guard count >= 0, count <= (bytes.count - offset) / stride else {
      throw WireFault("a frame is shorter than what it announces")
    }
    let start = offset
    offset += count * stride
    return bytes.withUnsafeBytes { bytes in
      Array(unsafeUninitializedCapacity: count) { values, filled in
        UnsafeMutableRawBufferPointer(values)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count * stride]))
        filled = count
      }
    }
  }

  /// Makes sure that nothing is left.
  package func finish() throws(WireFault) {
    if offset != bytes.count { throw WireFault("a frame is longer than what it announces") }
  }
}

/// Cuts a stream of bytes into frames.
package struct FrameParser {
  private var bytes: [UInt8] = []
  private var start = 0
  /// The longest payload believed: a length that lies must not take the memory.
  package var limit: Int
  /// The same for log messages, which come between the others: what a worker cuts, it cuts far below.
  package static let logLimit = 1 << 16

  package init(limit: Int) { self.limit = limit }

  package mutating func append(_ chunk: UnsafeRawBufferPointer) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      start = 0
    }
    bytes.append(contentsOf: chunk)
  }

  /// The next complete frame, nil where more bytes are needed.
  package mutating func next() throws(WireFault) -> Frame? {
    guard bytes.count - start >= FrameHeader.count else { return nil }
    let (length, version, number) = bytes.withUnsafeBytes {
      (
        $0.loadUnaligned(fromByteOffset: start, as: UInt32.self),
        $0.loadUnaligned(fromByteOffset: start + 4, as: UInt16.self),
        $0.loadUnaligned(fromByteOffset: start + 6, as: UInt16.self)
      )
    }
    guard version == FrameHeader.protocolVersion else {
      throw WireFault("a frame has version \(version) of the protocol")
    }
    guard let kind = FrameKind(rawValue: number) else {
      throw WireFault("a frame is of the unknown kind \(number)")
    }
    let limit = kind == .log ? Self.logLimit : limit
    guard length <= limit else {
      throw WireFault("a frame announces \(length) bytes, the most is \(limit)")
    }
    let begin = start + FrameHeader.count
    let end = begin + Int(length)
    guard end <= bytes.count else { return nil }
    start = end
    return Frame(kind: kind, payload: Array(bytes[begin..<end]))
  }
}

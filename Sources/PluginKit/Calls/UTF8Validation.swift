/// Finds bytes that are no UTF-8.
enum UTF8Validation {
  /// The number of leading ASCII bytes, rounded down to whole words of eight while that decides it.
  @inline(__always)
  private static func asciiPrefix(_ bytes: UnsafeRawBufferPointer) -> Int {
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      offset += 8
    }
    while offset < bytes.count && bytes[offset] < 0x80 { offset += 1 }
    return offset
  }

  /// The offset of the first byte that is not part of valid UTF-8 (Unicode 15, table 3-7), or nil.
  static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var offset = asciiPrefix(bytes)
    while offset < bytes.count {
      let lead = bytes[offset]
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0x00...0x7F:
        offset += 1
        continue
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return offset
      }
      guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else {
        return offset
      }
      for i in 2..<max(length, 2) where bytes[offset + i] & 0xC0 != 0x80 { return offset }
      offset += length
    }
    return nil
  }
}

/// Reading characters outside ASCII from valid UTF-8.
enum UTF8Scalars {
  /// The character at `offset` and its length in bytes.
  ///
  /// - Precondition: `bytes` is valid UTF-8 and `offset` a character boundary inside it.
  @inline(__always)
  static func decode(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> (UInt32, Int) {
    let lead = UInt32(bytes[offset])
    if lead < 0x80 { return (lead, 1) }
    let second = UInt32(bytes[offset + 1] & 0x3F)
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
    let third = UInt32(bytes[offset + 2] & 0x3F)
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
    let fourth = UInt32(bytes[offset + 3] & 0x3F)
    return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
  }

  /// Whether a character outside ASCII is white space to Python's `str.split`.
  @inline(__always)
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// The number of leading ASCII bytes, rounded down to whole words of eight while that decides it.
  @inline(__always)
  static func asciiPrefix(_ bytes: UnsafeRawBufferPointer) -> Int {
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      offset += 8
    }
    while offset < bytes.count && bytes[offset] < 0x80 { offset += 1 }
    return offset
  }
}

/// Kinds of bytes that the tokenizer tells apart; a byte has at most one.
struct ByteClass: OptionSet {
  let rawValue: UInt8

  static var space: Self { Self(rawValue: 1) }
  static var punctuation: Self { Self(rawValue: 2) }
  static var upper: Self { Self(rawValue: 4) }
  static var lower: Self { Self(rawValue: 8) }
  /// Part of a character outside ASCII.
  static var high: Self { Self(rawValue: 16) }

  /// The class of each of the 256 bytes.
  ///
  /// Made once, never changed and never freed, so that any thread may read it at any time.
  nonisolated(unsafe) static let table: UnsafePointer<ByteClass> = {
    let table = UnsafeMutablePointer<ByteClass>.allocate(capacity: 256)
    for byte in 0..<256 { (table + byte).initialize(to: ByteClass(of: UInt8(byte))) }
    return UnsafePointer(table)
  }()

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// White space as Python's `str.split` knows it includes the four information separators.
  private init(of byte: UInt8) {
    switch byte {
    case 0x09...0x0D, 0x1C...0x20: self = .space
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: self = .punctuation
    case 0x41...0x5A: self = .upper
    case 0x61...0x7A: self = .lower
    case 0x80...0xFF: self = .high
    default: self = []
    }
  }
}

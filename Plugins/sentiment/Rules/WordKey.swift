/// A short ASCII word in lower case, packed into three machine words: what the lexicon hashes and
/// compares.
///
/// Bytes 0 to 22 are the word with zeros behind it, byte 23 is its length.
struct WordKey: Equatable {
  /// The longest word that has a key, in bytes.
  static let capacity = 23

  private(set) var first: UInt64 = 0
  private(set) var second: UInt64 = 0
  private(set) var third: UInt64 = 0

  /// Packs ASCII bytes in any case.
  ///
  /// - Precondition: `range` lies inside `bytes`, holds ASCII only and has at most `capacity`
  ///   bytes.
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    let count = range.count
    if range.lowerBound + 24 <= bytes.count {
      first = Self.lowercased(Self.load(bytes, range.lowerBound, count))
      if count > 8 { second = Self.lowercased(Self.load(bytes, range.lowerBound + 8, count - 8)) }
      if count > 16 { third = Self.lowercased(Self.load(bytes, range.lowerBound + 16, count - 16)) }
    } else {
      for i in 0..<min(count, 8) { first |= UInt64(bytes[range.lowerBound + i]) &<< (8 * i) }
      if count > 8 {
        for i in 8..<min(count, 16) { second |= UInt64(bytes[range.lowerBound + i]) &<< (8 * i) }
        for i in 16..<max(count, 16) { third |= UInt64(bytes[range.lowerBound + i]) &<< (8 * i) }
      }
      first = Self.lowercased(first)
      second = Self.lowercased(second)
      third = Self.lowercased(third)
    }
    third |= UInt64(count) &<< 56
  }

  /// Reads a key as the lexicon's tables hold it: 24 bytes, aligned to 8.
  @inline(__always)
  init(entry: UnsafeRawPointer) {
    first = entry.load(as: UInt64.self)
    second = entry.load(fromByteOffset: 8, as: UInt64.self)
    third = entry.load(fromByteOffset: 16, as: UInt64.self)
  }

  /// A hash in its highest bits; make_lexicon.py computes the same.
  @inline(__always)
  var hash: UInt64 {
    var mixed = first &* 0x9E37_79B9_7F4A_7C15
    mixed ^= second &* 0xC2B2_AE3D_27D4_EB4F
    mixed ^= third &* 0x1656_67B1_9E37_79F9
    mixed ^= mixed &>> 32
    return mixed &* 0x9E37_79B9_7F4A_7C15
  }

  /// The first `count` bytes from `offset` on, at most eight, with zeros behind them.
  @inline(__always)
  private static func load(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ count: Int) -> UInt64 {
    let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    return count >= 8 ? word : word & ((1 &<< (8 &* UInt64(count))) &- 1)
  }

  /// Eight ASCII bytes at once: a letter A to Z gets the bit that makes it small.
  @inline(__always)
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let atLeastA = word &+ 0x3F3F_3F3F_3F3F_3F3F
    let pastZ = word &+ 0x2525_2525_2525_2525
    return word | ((atLeastA & ~pastZ & 0x8080_8080_8080_8080) &>> 2)
  }
}

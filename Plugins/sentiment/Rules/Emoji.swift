import CSentimentLexicon

/// Puts words in the place of emoji, as the valence of an emoji is that of the words that describe
/// it.
enum Emoji {
  /// Writes the text with its emoji described into `expanded`; false, and nothing written, without
  /// any.
  ///
  /// A description starts a new word, but what follows the emoji without a space joins its last
  /// word.
  ///
  /// - Precondition: `bytes` is valid UTF-8.
  static func expand(_ bytes: UnsafeRawBufferPointer, into expanded: inout [UInt8]) -> Bool {
    expanded.removeAll(keepingCapacity: true)
    var copied = 0
    var offset = UTF8Scalars.asciiPrefix(bytes)
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
        continue
      }
      let (scalar, length) = UTF8Scalars.decode(bytes, at: offset)
      if let emoji = find(scalar) {
        expanded.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[copied..<offset]))
        expanded.append(0x20)
        withUnsafeBytes(of: emoji.pointee.description) { description in
          for byte in description {
            if byte == 0 { break }
            expanded.append(byte)
          }
        }
        copied = offset + length
      }
      offset += length
    }
    guard copied > 0 else { return false }
    expanded.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[copied...]))
    return true
  }

  /// Binary search in the table, which is ordered by scalar.
  private static func find(_ scalar: UInt32) -> UnsafePointer<sentiment_emoji>? {
    guard let table = sentiment_emoji_table() else { return nil }
    var low = 0
    var high = Int(sentiment_emoji_count)
    while low < high {
      let middle = (low + high) / 2
      if table[middle].scalar < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < Int(sentiment_emoji_count), table[low].scalar == scalar else { return nil }
    return table + low
  }
}

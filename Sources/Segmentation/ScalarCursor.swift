/// A place in a text, counted in three encodings.
struct TextPosition {
  var utf8 = 0
  var utf16 = 0
  var scalars = 0
}

/// Walks over well-formed UTF-16 and counts along.
struct ScalarCursor {
  private(set) var position = TextPosition()

  /// Reads the scalar at the cursor and steps over it.
  ///
  /// - Precondition: the cursor is not at the end, and every surrogate in `text` has its partner.
  mutating func next(in text: [UInt16]) -> UInt32 {
    let unit = UInt32(text[position.utf16])
    position.scalars += 1
    position.utf16 += 1
    switch unit {
    case 0..<0x80:
      position.utf8 += 1
    case 0x80..<0x800:
      position.utf8 += 2
    case 0xD800..<0xDC00:
      let trail = UInt32(text[position.utf16])
      position.utf8 += 4
      position.utf16 += 1
      return 0x10000 + ((unit - 0xD800) << 10) + (trail - 0xDC00)
    default:
      position.utf8 += 3
    }
    return unit
  }
}

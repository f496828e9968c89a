extension Unicode.Scalar {
  /// Whether it is Wide or Fullwidth in East Asian typography (UAX #11).
  ///
  /// - Complexity: O(log *n*) in the number of ranges.
  package var isWide: Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].contains(value)
  }

  /// The terminal columns that it takes by itself: 0, 1 or 2.
  ///
  /// Marks and format characters take none, and neither do the vowels and finals of conjoining Hangul, which are
  /// drawn into their leading consonant.
  package var displayWidth: Int {
    switch value {
    case 0x20..<0x7F: return 1
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    default: break
    }
    switch properties.generalCategory {
    case .control, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator: return 0
    case .format: return isPrependedMark ? 1 : 0
    default: return isWide || properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// Whether it is a format character that is drawn, as the Arabic number sign is.
  var isPrependedMark: Bool {
    switch value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: true
    default: false
    }
  }

  /// Whether it lies in a block whose characters run from right to left by default (UAX #9, section 3.2).
  var isRightToLeft: Bool {
    switch value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  /// Whether it belongs to a script that is written without spaces between words, so that a line may end on either
  /// side of each of its words.
  var isUnspaced: Bool {
    switch value {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19FF, 0x1A20...0x1AAF: true
    default: isWide && !(0xAC00...0xD7A3).contains(value)
    }
  }
}

extension Character {
  /// The terminal columns that it takes.
  ///
  /// An emoji sequence is one picture of two columns; other clusters take the sum of their scalars, as terminals
  /// count them.
  package var displayWidth: Int {
    let sum = unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    guard let first = unicodeScalars.first, first.properties.isEmoji else { return sum }
    return unicodeScalars.contains("\u{FE0F}") ? 2 : min(sum, 2)
  }
}

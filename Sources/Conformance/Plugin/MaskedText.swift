import Attribution

/// The reference rendering of the header.
enum MaskedText {
  /// The words of a text: runs of bytes other than blanks.
  static func words(of text: [UInt8]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start: Int?
    for index in 0...text.count {
      let isWord = index < text.count && text[index] > 32
      if isWord, start == nil { start = index }
      if !isWord, let begin = start {
        pieces.append(begin..<index)
        start = nil
      }
    }
    return pieces
  }

  /// What the host's words look like: runs of ASCII letters and digits, and every other character alone, so that
  /// pieces touch each other in scripts without blanks and around hyphens.
  static func touchingWords(of text: [UInt8]) -> [Range<Int>] {
    func isLetter(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: false
      }
    }
    var pieces: [Range<Int>] = []
    for character in characters(of: text) where text[character.lowerBound] > 32 {
      let isInside = isLetter(text[character.lowerBound])
      if isInside, let last = pieces.last, last.upperBound == character.lowerBound,
        isLetter(text[last.lowerBound])
      {
        pieces[pieces.count - 1] = last.lowerBound..<character.upperBound
      } else {
        pieces.append(character)
      }
    }
    return pieces
  }

  /// Pieces cut at random between characters, in words and across them: with nothing between two, or with gaps.
  static func randomPieces(
    of text: [UInt8], hasGaps: Bool, random: inout SplitMix64
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    for character in characters(of: text) {
      if let last = pieces.last, random.next() & 3 != 0 {
        pieces[pieces.count - 1] = last.lowerBound..<character.upperBound
      } else {
        pieces.append(character)
      }
    }
    return hasGaps ? pieces.filter { _ in random.next() & 3 != 0 } : pieces
  }

  /// The bytes of each character of a valid text.
  private static func characters(of text: [UInt8]) -> [Range<Int>] {
    let starts = text.indices.filter { text[$0] & 0xc0 != 0x80 }
    return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : text.count) }
  }

  static func render(
    _ text: [UInt8], _ pieces: [Range<Int>], _ mask: Mask, filler: [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var done = 0
    for (index, piece) in pieces.enumerated() where !mask[index] {
      result += text[done..<piece.lowerBound] + filler
      done = piece.upperBound
    }
    return result + text[done...]
  }
}

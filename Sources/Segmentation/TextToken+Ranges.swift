import CICU

extension TextToken {
  /// Tokens that somebody else found in a text, a model's own for instance, with their kinds and places.
  ///
  /// What is white space throughout is left out.
  ///
  /// - Parameters:
  ///   - ranges: ascending, disjoint byte ranges on character boundaries.
  ///   - utf8: the text.
  /// - Precondition: the ranges are so.
  /// - Throws: `invalidUTF8` with the offset of the first ill-formed sequence; `textTooLarge`.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func tokens(
    at ranges: [Range<Int>], in utf8: [UInt8]
  ) throws(SegmentationError) -> [TextToken] {
    let text = try Segmenter.utf16(of: utf8)
    var cursor = ScalarCursor()
    var tokens: [TextToken] = []
    for range in ranges {
      while cursor.position.utf8 < range.lowerBound { _ = cursor.next(in: text) }
      let start = cursor.position
      var content = PieceContent()
      while cursor.position.utf8 < range.upperBound {
        let scalar = cursor.next(in: text)
        let properties = ScalarProperties(of: scalar)
        // Many models' tokens begin with the blank before a word, which says nothing of their kind.
        if !properties.contains(.whiteSpace) { content.append(scalar, properties) }
      }
      precondition(start.utf8 == range.lowerBound && cursor.position.utf8 == range.upperBound)
      if content.isWhiteSpace { continue }
      tokens.append(TextToken(kind: content.kindOfPiece, from: start, to: cursor.position))
    }
    return tokens
  }
}

import CICU

/// Makes tokens of the segments that a break iterator reports.
struct TokenScanner {
  private(set) var tokens: [TextToken] = []
  private let unit: SegmentationUnit
  private let text: [UInt16]
  private var cursor = ScalarCursor()
  /// The sentence or line at hand without the white space around it; nil as long as there is
  /// nothing else.
  private var open: (start: TextPosition, end: TextPosition)?

  init(unit: SegmentationUnit, text: [UInt16]) {
    self.unit = unit
    self.text = text
  }

  /// Takes in the segment from the end of the last one to `end`, in UTF-16 code units.
  mutating func scan(to end: Int, status: Int) {
    switch unit {
    case .word: scanWord(to: end, status: status)
    case .grapheme: scanGrapheme(to: end)
    case .sentence:
      scanTrimmed(to: end)
      closeSegment()
    case .line:
      scanTrimmed(to: end)
      if status >= CICU_STATUS_HARD_LINE || end == text.count { closeSegment() }
    }
  }

  private mutating func scanWord(to end: Int, status: Int) {
    // A mark or format character belongs to the space before it (rule WB4); the token begins after
    // the space.
    let start = skipWhiteSpace(to: end)
    if start.utf16 == end { return }
    let kind = scanContent(to: end).kindOfWord(status: status)
    if kind == .punctuation, let last = tokens.last, last.kind == .punctuation,
      last.utf8.upperBound == start.utf8
    {
      tokens[tokens.count - 1] = TextToken(
        kind: kind, utf8: last.utf8.lowerBound..<cursor.position.utf8,
        utf16: last.utf16.lowerBound..<cursor.position.utf16,
        scalars: last.scalars.lowerBound..<cursor.position.scalars)
    } else {
      tokens.append(TextToken(kind: kind, from: start, to: cursor.position))
    }
  }

  private mutating func scanGrapheme(to end: Int) {
    let start = cursor.position
    let content = scanContent(to: end)
    if content.isWhiteSpace { return }
    tokens.append(TextToken(kind: content.kindOfPiece, from: start, to: cursor.position))
  }

  private mutating func skipWhiteSpace(to end: Int) -> TextPosition {
    while cursor.position.utf16 < end {
      let start = cursor
      let scalar = cursor.next(in: text)
      if ScalarProperties(of: scalar).contains(.whiteSpace) { continue }
      cursor = start
      break
    }
    return cursor.position
  }

  private mutating func scanContent(to end: Int) -> PieceContent {
    var content = PieceContent()
    while cursor.position.utf16 < end {
      let scalar = cursor.next(in: text)
      content.append(scalar, ScalarProperties(of: scalar))
    }
    return content
  }

  /// Widens the open segment to the last scalar before `end` that is not white space.
  private mutating func scanTrimmed(to end: Int) {
    while cursor.position.utf16 < end {
      let start = cursor.position
      let scalar = cursor.next(in: text)
      if ScalarProperties(of: scalar).contains(.whiteSpace) { continue }
      open = (open?.start ?? start, cursor.position)
    }
  }

  private mutating func closeSegment() {
    if let open { tokens.append(TextToken(kind: .segment, from: open.start, to: open.end)) }
    open = nil
  }
}

extension TextToken {
  init(kind: TokenKind, from start: TextPosition, to end: TextPosition) {
    self.init(
      kind: kind, utf8: start.utf8..<end.utf8, utf16: start.utf16..<end.utf16,
      scalars: start.scalars..<end.scalars)
  }
}

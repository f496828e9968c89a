package import ExplanationModel

/// The text with its tokens tinted by one explanation.
///
/// The text's own line breaks stay. Longer lines are wrapped: at spaces, between the words of scripts that have none,
/// and only where nothing else fits between other tokens or inside them.
package struct HighlightedText {
  /// The text's lines, without their ends.
  private var paragraphs: [[Glyph]] = [[]]
  private let hasMarks: Bool

  /// Lays out the text, tinted by the group's first explanation.
  package init(_ document: ExplanationDocument, _ group: LabelExplanations?, hasMarks: Bool) {
    self.hasMarks = hasMarks
    guard !document.text.isEmpty else {
      paragraphs = []
      return
    }
    let strengths = Self.strengths(group)
    let bytes = Array(document.text.utf8)
    var position = 0
    var previous: Unicode.Scalar?
    // Offsets come from documents that may have been read from anywhere.
    for token in document.tokens
    where token.utf8.lowerBound >= position && token.utf8.upperBound <= bytes.count {
      append(String(decoding: bytes[position..<token.utf8.lowerBound], as: UTF8.self))
      let text = String(decoding: bytes[token.utf8], as: UTF8.self)
      let isAdjoined = position == token.utf8.lowerBound
      append(
        text, strength: strengths[token.index] ?? 0,
        start: isAdjoined ? .between(previous, text.unicodeScalars.first) : .word)
      position = token.utf8.upperBound
      previous = text.unicodeScalars.last
    }
    append(String(decoding: bytes[position...], as: UTF8.self))
  }

  /// Lines of at most `width` columns.
  package func lines(width: Int) -> [[Glyph]] {
    paragraphs.flatMap { $0.wrapped(width: width) }.map(\.isolated)
  }

  /// Each token's attribution as a share of the largest.
  private static func strengths(_ group: LabelExplanations?) -> [Int: Double] {
    guard let group, case let strongest = group.strongest, strongest > 0 else { return [:] }
    var strengths: [Int: Double] = [:]
    for attribution in group.first.attributions {
      for token in attribution.tokens { strengths[token] = attribution.value / strongest }
    }
    return strengths
  }

  private mutating func append(_ text: String, strength: Double = 0, start: Glyph.Break = .word) {
    let tint = Tint(strength: strength)
    let isMarked = hasMarks && strength.magnitude >= Tint.markThreshold
    var start = start
    if isMarked {
      appendToLine([Glyph](tint.isAgainst ? "[-" : "[+").joined, start: &start)
    }
    let style = hasMarks ? .plain : tint.style
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineBreak)
      .enumerated()
    {
      if index > 0 {
        paragraphs.append([])
        start = .word
      }
      appendToLine([Glyph](line, style: style), start: &start)
    }
    if isMarked {
      start = .never
      appendToLine([Glyph](tint.isAgainst ? "-]" : "+]").joined, start: &start)
    }
  }

  /// Appends glyphs, the first of which begins a line as `start` says; what follows a mark cannot.
  private mutating func appendToLine(_ glyphs: [Glyph], start: inout Glyph.Break) {
    guard let first = glyphs.first else { return }
    var glyphs = glyphs
    let followsSpace = paragraphs[paragraphs.count - 1].last?.isSpace ?? true
    glyphs[0].breakBefore = first.isSpace ? .never : followsSpace ? .word : start
    paragraphs[paragraphs.count - 1] += glyphs
    start = .never
  }
}

extension [Glyph] {
  /// All of it as one glyph, which no line break can part.
  fileprivate var joined: [Glyph] { [Glyph(text: map(\.text).joined(), width: width)] }
}

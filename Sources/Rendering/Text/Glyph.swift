/// What is drawn as one: a grapheme cluster that is safe to send to a terminal, with its width and style.
package struct Glyph: Sendable {
  /// Whether a line may begin with a glyph.
  package enum Break: Comparable, Sendable {
    /// Only where nothing else fits.
    case never
    /// Where a token begins, but no reader expects a line to end.
    case token
    /// Where a word begins.
    case word
  }

  package var text: String
  package var width: Int
  package var style = Style.plain
  package var breakBefore = Break.never
  package var isSpace = false

  static let space = Glyph(text: " ", width: 1, isSpace: true)
}

extension [Glyph] {
  var width: Int { reduce(0) { $0 + $1.width } }

  /// The glyphs of a text that may hold anything: see ``visibleCharacters(_:)``; words begin after spaces.
  package init(_ text: some StringProtocol, style: Style = .plain) {
    self = []
    var previous: Character = " "
    for character in visibleCharacters(text) {
      let isSpace = character.isBreakingSpace
      let beginsWord = previous.isBreakingSpace || previous.mayEndLine(before: character)
      append(
        Glyph(
          text: String(character), width: character.displayWidth, style: style,
          breakBefore: beginsWord && !isSpace ? .word : .never, isSpace: isSpace))
      previous = character
    }
  }

  static func spaces(_ count: Int) -> [Glyph] { Array(repeating: .space, count: count) }

  /// Cut to a width at a glyph's boundary, with `…` in place of what was cut off.
  func shortened(to limit: Int) -> [Glyph] {
    guard width > limit else { return self }
    guard limit > 0 else { return [] }
    var result: [Glyph] = []
    var used = 1
    for glyph in self {
      guard used + glyph.width <= limit else { break }
      used += glyph.width
      result.append(glyph)
    }
    return result + [Glyph(text: "…", width: 1, style: result.last?.style ?? .plain)]
  }

  /// Set between U+2068 and U+2069 where something in it runs from right to left, so that it cannot change the order
  /// of what stands beside it.
  var isolated: [Glyph] {
    guard contains(where: { $0.text.unicodeScalars.contains(where: \.isRightToLeft) }) else {
      return self
    }
    return [Glyph(text: "\u{2068}", width: 0)] + self + [Glyph(text: "\u{2069}", width: 0)]
  }

  /// Filled up with spaces to a width.
  func padded(to width: Int) -> [Glyph] { self + .spaces(Swift.max(0, width - self.width)) }

  /// The line as text, with the control sequences for its styles where `isColoured`.
  package func encoded(isColoured: Bool) -> String {
    var result = ""
    var style = Style.plain
    for glyph in self {
      if isColoured, glyph.style != style {
        style = glyph.style
        result += style.controlSequence
      }
      result += glyph.text
    }
    return style == .plain ? result : result + Style.plain.controlSequence
  }
}

extension Character {
  /// Whether a line may end after it.
  var isBreakingSpace: Bool {
    isWhitespace && self != "\u{A0}" && self != "\u{202F}" && self != "\u{2007}"
  }

  /// Whether a line may end between it and another one beside it, both inside a run of punctuation.
  fileprivate func mayEndLine(before next: Character) -> Bool {
    guard let left = unicodeScalars.last, let right = next.unicodeScalars.first else {
      return false
    }
    return left.isPunctuation && right.isPunctuation && Glyph.Break.between(left, right) == .word
  }
}

/// What a token is made of.
///
/// A token is `emoji` if it contains a scalar with Emoji_Presentation (which regional indicators
/// have), the enclosing keycap U+20E3, or an Extended_Pictographic scalar followed by U+FE0F.
/// Otherwise ICU's rule status decides where it has one, and else the general category of the first
/// scalar that is no mark, control or format character.
public enum TokenKind: String, Sendable, CaseIterable {
  /// Letters: a word of any script but those below.
  case word
  /// Digits with their inner marks (`9.99`), and other numbers (`½`, `②`).
  case number
  /// Words of Chinese characters, and Japanese words written with Hiragana or with both.
  case ideograph
  /// Katakana; Hiragana too, where the unit is the grapheme.
  case kana
  /// Emoji, flags, keycaps.
  case emoji
  /// General category S: currency, mathematics, arrows, modifiers.
  case symbol
  /// General category P, runs of underscores too. For words, adjacent pieces make one token (`?!`).
  case punctuation
  /// Controls, format characters, lone marks, private use, unassigned, and U+FFFD.
  case other
  /// A sentence or a line.
  case segment

  /// Whether tokens of this kind are players unless the user asks for more: all but punctuation and
  /// `other`.
  public var isWordLike: Bool {
    switch self {
    case .word, .number, .ideograph, .kana, .emoji, .symbol, .segment: true
    case .punctuation, .other: false
    }
  }

  /// Whether tokens of this kind can be players at all: all but `other`.
  public var canBePlayer: Bool { self != .other }
}

import Segmentation
import Testing

@Suite struct TokenKindTests {
  @Test("punctuation is a player only when asked for, other never")
  func players() {
    #expect(TokenKind.allCases.filter { !$0.isWordLike } == [.punctuation, .other])
    #expect(TokenKind.allCases.filter { !$0.canBePlayer } == [.other])
  }

  @Test("every scalar by itself has the kind that its properties say")
  func everyScalar() throws {
    let segmenter = try Segmenter(unit: .word)
    let graphemes = try Segmenter(unit: .grapheme)
    var wrong: [String] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), Self.isInUnicode15(scalar) else { continue }
      let bytes = Array(String(scalar).utf8)
      let expected = Self.expectedKinds(of: scalar)
      for tokens in [try segmenter.tokens(in: bytes), try graphemes.tokens(in: bytes)] {
        let isRight =
          tokens.isEmpty
          ? expected.isEmpty : tokens.count == 1 && expected.contains(tokens[0].kind)
        if !isRight { wrong.append("U+\(String(value, radix: 16)) \(tokens.map(\.kind))") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }

  /// ICU 72 has Unicode 15.0 data; the standard library's are newer.
  static func isInUnicode15(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return age <= (15, 0)
  }

  /// By the standard library's data; empty for white space.
  static func expectedKinds(of scalar: Unicode.Scalar) -> Set<TokenKind> {
    let properties = scalar.properties
    if properties.isWhitespace { return [] }
    if properties.isEmojiPresentation || scalar == "\u{20E3}" { return [.emoji] }
    if scalar == "\u{FFFD}" { return [.other] }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter: return [.word]
    case .modifierLetter, .otherLetter: return [.word, .kana, .ideograph]
    case .decimalNumber: return [.number]
    case .letterNumber, .otherNumber: return [.number, .word, .ideograph]
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return [.punctuation]
    // Circled letters are words to ICU.
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return [.symbol, .word, .kana, .ideograph]
    // The filler of the Khitan script, an ideographic mark.
    case .nonspacingMark where properties.isIdeographic: return [.other, .ideograph]
    default: return [.other]
    }
  }
}

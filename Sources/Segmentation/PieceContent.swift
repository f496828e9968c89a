import CICU

/// What the scalars of one piece of text say about its kind.
struct PieceContent {
  /// COMBINING ENCLOSING KEYCAP.
  private static let keycap: UInt32 = 0x20E3
  /// VARIATION SELECTOR-16, which asks for the emoji form.
  private static let emojiSelector: UInt32 = 0xFE0F
  private static let replacement: UInt32 = 0xFFFD

  private var isEmoji = false
  private(set) var isWhiteSpace = true
  /// Of the first scalar that is neither a mark nor a control or format character: the others
  /// modify it.
  private var base: ScalarProperties?
  /// Whether the piece has a base and all its bases are punctuation.
  private var isPunctuation = false
  private var previous: ScalarProperties = []

  /// Takes in the next scalar.
  mutating func append(_ scalar: UInt32, _ properties: ScalarProperties) {
    if !properties.contains(.whiteSpace) { isWhiteSpace = false }
    // Regional indicators, single or in pairs, have Emoji_Presentation.
    if properties.contains(.emojiPresentation) || scalar == Self.keycap
      || (scalar == Self.emojiSelector && previous.contains(.extendedPictographic))
    {
      isEmoji = true
    }
    previous = properties
    // U+FFFD is a symbol by category, but stands for bytes that were no text.
    if properties.isDisjoint(with: [.mark, .other]) && scalar != Self.replacement {
      isPunctuation = properties.contains(.punctuation) && (base == nil || isPunctuation)
      if base == nil { base = properties }
    }
  }

  /// The kind of a piece between two word boundaries, of which ICU says `status`.
  ///
  /// Runs of underscores have the status of words; they are punctuation here.
  func kindOfWord(status: Int) -> TokenKind {
    if isEmoji { return .emoji }
    if isPunctuation { return .punctuation }
    switch status {
    case CICU_STATUS_IDEOGRAPH...: return .ideograph
    case CICU_STATUS_KANA...: return .kana
    case CICU_STATUS_LETTER...: return .word
    case CICU_STATUS_NUMBER...: return .number
    default: return kindOfBase
    }
  }

  /// The kind of a piece of which ICU says nothing: a grapheme cluster, or a token of a model.
  var kindOfPiece: TokenKind {
    if isEmoji { return .emoji }
    return base?.isSuperset(of: [.letter, .kana]) == true ? .kana : kindOfBase
  }

  private var kindOfBase: TokenKind {
    guard let base else { return .other }
    if base.contains(.ideograph) { return .ideograph }
    if base.contains(.letter) { return .word }
    if base.contains(.number) { return .number }
    if base.contains(.punctuation) { return .punctuation }
    return base.contains(.symbol) ? .symbol : .other
  }
}

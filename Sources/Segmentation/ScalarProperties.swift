import CICU

/// The Unicode properties of a scalar that decide over kinds, as ICU's data have them.
struct ScalarProperties: OptionSet {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(of scalar: UInt32) { self.init(rawValue: cicu_properties(scalar)) }

  private init(_ bit: some BinaryInteger) { self.init(rawValue: UInt32(bit)) }

  static let letter = ScalarProperties(CICU_LETTER)
  static let mark = ScalarProperties(CICU_MARK)
  static let number = ScalarProperties(CICU_NUMBER)
  static let punctuation = ScalarProperties(CICU_PUNCTUATION)
  static let symbol = ScalarProperties(CICU_SYMBOL)
  static let other = ScalarProperties(CICU_OTHER)
  static let whiteSpace = ScalarProperties(CICU_WHITE_SPACE)
  static let ideograph = ScalarProperties(CICU_IDEOGRAPH)
  static let kana = ScalarProperties(CICU_KANA)
  static let emojiPresentation = ScalarProperties(CICU_EMOJI_PRESENTATION)
  static let extendedPictographic = ScalarProperties(CICU_EXTENDED_PICTOGRAPHIC)
}

/// Why a text could not be cut into tokens.
public enum SegmentationError: Error, Sendable, Equatable {
  /// The text is not UTF-8; the first ill-formed sequence begins at this byte.
  case invalidUTF8(offset: Int)
  /// The text has more bytes than ``Segmenter/maximumByteCount``.
  case textTooLarge(byteCount: Int)
  /// The locale is not a BCP 47 tag of a language that ICU knows.
  case unknownLocale(String)
  /// ICU reported an error, given by its name.
  case icuFailed(String)

  /// What is wrong: lower case, with the value in quotes.
  public var message: String {
    switch self {
    case .invalidUTF8(let offset):
      "the text is not valid UTF-8 at byte offset \(offset)"
    case .textTooLarge(let byteCount):
      "the text has \(byteCount) bytes, more than the limit of \(Segmenter.maximumByteCount)"
    case .unknownLocale(let locale):
      "unknown locale \(locale.debugDescription)"
    case .icuFailed(let name):
      "ICU could not segment the text: \"\(name)\""
    }
  }

  /// What to do about it.
  public var help: String {
    switch self {
    case .invalidUTF8:
      "convert the text to UTF-8, or have ill-formed sequences replaced by U+FFFD"
    case .textTooLarge:
      "cut the text into smaller documents"
    case .unknownLocale:
      "give a language tag such as \"en\" or \"zh-Hant\", or leave it out for the root locale"
    case .icuFailed:
      "check that the ICU library and its data are installed and that memory is left"
    }
  }
}

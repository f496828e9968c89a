/// The level at which a text is cut into tokens.
public enum SegmentationUnit: String, Sendable, CaseIterable {
  /// Words, numbers, emoji, symbols and runs of punctuation (UAX #29 word boundaries, and ICU's
  /// dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese).
  case word
  /// What a reader takes for one character (UAX #29 extended grapheme clusters).
  case grapheme
  /// Sentences (UAX #29 sentence boundaries). A line end closes a sentence.
  case sentence
  /// Lines of the text: from one mandatory line break (UAX #14: LF, CR, CRLF, VT, FF, NEL, LS, PS)
  /// to the next. Places where a line merely may be wrapped do not count.
  case line
}

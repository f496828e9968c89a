import Segmentation

/// What a text is cut into.
public enum TokenUnit: String, Sendable, CaseIterable {
  /// Words, numbers, emoji, symbols and runs of punctuation, by ICU.
  case word
  /// What a reader takes for one character, by ICU.
  case grapheme
  /// Sentences, by ICU.
  case sentence
  /// Lines.
  case line
  /// The classifier's own tokens.
  case model

  /// ICU's level; nil where the classifier cuts.
  var segmentation: SegmentationUnit? {
    switch self {
    case .word: .word
    case .grapheme: .grapheme
    case .sentence: .sentence
    case .line: .line
    case .model: nil
    }
  }
}

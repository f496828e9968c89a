import Classification
import Segmentation

extension Masking {
  /// The words of a text as pieces that are removed.
  init(wordsOf text: String) throws {
    let bytes = Array(text.utf8)
    let tokens = try Segmenter(unit: .word).tokens(in: bytes)
    self.init(text: bytes, pieces: tokens.filter(\.kind.isWordLike).map(\.utf8), absent: .remove)
  }

  /// The pieces themselves, lower-cased.
  var lowercasedWords: [String] {
    pieces.map { String(decoding: text[$0], as: UTF8.self).lowercased() }
  }
}

/// A text whose pieces can be present or absent, and what an absent piece leaves behind.
///
/// Bytes outside the pieces always stay; a present piece keeps its bytes; an absent one leaves nothing or the
/// filler, or the classifier's own mask. With every piece present the rendering is the text, byte for byte.
public struct Masking: Sendable, Equatable {
  /// What an absent piece leaves in the text.
  public enum Absent: Sendable, Equatable {
    /// Nothing.
    case remove
    /// The given text.
    case replace(with: String)
    /// The classifier's own mask token, of which no text is the equal: it takes a ``MaskedScorer``.
    case model
  }

  /// The original text, in UTF-8.
  public let text: [UInt8]
  /// Ascending, disjoint, non-empty byte ranges on character boundaries.
  public let pieces: [Range<Int>]
  /// What an absent piece leaves in the text.
  public let absent: Absent

  /// Makes a masking.
  ///
  /// - Precondition: the pieces are ascending, disjoint, not empty and inside the text.
  public init(text: [UInt8], pieces: [Range<Int>], absent: Absent) {
    var end = 0
    for piece in pieces {
      precondition(piece.lowerBound >= end && !piece.isEmpty && piece.upperBound <= text.count)
      end = piece.upperBound
    }
    self.text = text
    self.pieces = pieces
    self.absent = absent
  }

  /// The number of words of a mask over the pieces, at least one.
  public var wordsPerMask: Int { max(1, (pieces.count + 63) / 64) }
}

/// A text classifier, wherever it runs: in a library, in a worker process or in a test.
///
/// Calls come one at a time. Implementations validate scores with ``ScoreValidator`` before they return them,
/// so that no caller ever meets NaN, infinity or a row that is no distribution.
public protocol Classifier: AnyObject {
  /// What the classifier says of itself.
  var description: ClassifierDescription { get }

  /// Scores a batch of texts.
  ///
  /// - Returns: a matrix with one row for each text and one column for each label.
  /// - Throws: ``ClassifierError``.
  func scores(of texts: TextBatch) throws -> ScoreMatrix

  /// Prepares one text for scoring many of its subsets, where the classifier has a faster way than texts.
  ///
  /// - Returns: nil where it has none for this text; the caller then renders texts.
  /// - Throws: ``ClassifierError``.
  func maskedScorer(for masking: Masking) throws -> (any MaskedScorer)?

  /// The byte ranges of the classifier's own tokens of a text, ascending, disjoint, not empty, on character
  /// boundaries; what stands for nothing in the text is left out.
  ///
  /// - Returns: nil where the classifier does not show its tokens.
  /// - Throws: ``ClassifierError``.
  func tokens(of text: [UInt8]) throws -> [Range<Int>]?

  /// Tells about how many rows will be asked for from now on, so that a classifier can decide whether to work
  /// with several processes.
  func expect(rows: Int)
}

extension Classifier {
  /// No faster way than texts.
  public func maskedScorer(for masking: Masking) throws -> (any MaskedScorer)? { nil }

  /// No tokens to show.
  public func tokens(of text: [UInt8]) throws -> [Range<Int>]? { nil }

  /// Of no interest to most.
  public func expect(rows: Int) {}
}

/// One prepared text of which any subset of pieces can be scored.
public protocol MaskedScorer: AnyObject {
  /// Scores subsets of the prepared text's pieces, equal to the scores of the rendered texts within the
  /// classifier's tolerance.
  ///
  /// - Parameters:
  ///   - masks: `rows * wordsPerMask` words; bit `i % 64` of word `i / 64` of a mask says that piece `i` is
  ///     present. Bits past the last piece are zero.
  ///   - rows: the number of masks.
  /// - Throws: ``ClassifierError``.
  func scores(ofMasks masks: ArraySlice<UInt64>, rows: Int) throws -> ScoreMatrix
}

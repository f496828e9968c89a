/// Cuts texts into tokens along ICU's boundaries.
///
/// ```swift
/// let segmenter = try Segmenter(unit: .word)
/// let text = Array("Don't panic 🙂!".utf8)
/// try segmenter.tokens(in: text).map { "\($0.kind) \($0.utf8)" }
/// // ["word 0..<5", "word 6..<11", "emoji 12..<16", "punctuation 16..<17"]
/// ```
///
/// Tokens ascend, are disjoint and not empty, and begin and end between scalars; what lies between
/// them is white space. White space is what has the property White_Space.
///
/// A segmenter keeps buffers and is not for two threads at once: make one for each. Making one
/// takes microseconds.
public final class Segmenter {
  /// The largest text, in bytes: ICU counts with 32 bits.
  public static let maximumByteCount = Int(Int32.max)

  /// The level at which texts are cut.
  public let unit: SegmentationUnit

  private let iterator: BreakIterator
  /// The text at hand; a property so that its storage serves the next text, too.
  private var utf16: [UInt16] = []

  /// Makes a segmenter.
  ///
  /// - Parameters:
  ///   - unit: The level at which texts are cut.
  ///   - locale: A BCP 47 language tag (`sv`, `zh-Hant`, `en-u-ss-standard`), also with
  ///     underscores. Empty, `root` and `und` are the root locale. Dictionaries follow the script of
  ///     the text, not the locale.
  /// - Throws: `unknownLocale` where the tag is ill-formed or ICU does not know its language;
  ///   `icuFailed`.
  public init(unit: SegmentationUnit, locale: String = "") throws(SegmentationError) {
    self.unit = unit
    iterator = try BreakIterator(unit: unit, locale: locale)
  }

  /// The tokens of a text, in its order.
  ///
  /// - Parameter utf8: The text; NUL is allowed. Offsets refer to exactly these bytes.
  /// - Throws: `invalidUTF8` with the offset of the first ill-formed sequence; `textTooLarge`;
  ///   `icuFailed`.
  /// - Complexity: O(*n*) in the number of bytes.
  public func tokens(in utf8: [UInt8]) throws(SegmentationError) -> [TextToken] {
    try load(utf8)
    var scanner = TokenScanner(unit: unit, text: utf16)
    try iterator.forEachBoundary(in: utf16) { end, status in
      scanner.scan(to: end, status: status)
    }
    return scanner.tokens
  }

  /// ICU's boundaries of a text in UTF-8 bytes, ascending, with 0 and the end; none in an empty
  /// text.
  ///
  /// For unit `line` these include the places where a line may be wrapped.
  package func boundaries(in utf8: [UInt8]) throws(SegmentationError) -> [Int] {
    try load(utf8)
    let text = utf16
    var cursor = ScalarCursor()
    var boundaries = text.isEmpty ? [] : [0]
    try iterator.forEachBoundary(in: text) { end, _ in
      while cursor.position.utf16 < end { _ = cursor.next(in: text) }
      boundaries.append(cursor.position.utf8)
    }
    return boundaries
  }

  package static func checkByteCount(_ byteCount: Int) throws(SegmentationError) {
    if byteCount > maximumByteCount { throw .textTooLarge(byteCount: byteCount) }
  }

  /// A text in UTF-16.
  static func utf16(of utf8: [UInt8]) throws(SegmentationError) -> [UInt16] {
    try checkByteCount(utf8.count)
    var utf16: [UInt16] = []
    try transcode(utf8, into: &utf16)
    return utf16
  }

  private func load(_ utf8: [UInt8]) throws(SegmentationError) {
    // UTF-16 never needs more code units than UTF-8 needs bytes, so this bounds ICU's offsets.
    try Self.checkByteCount(utf8.count)
    try Self.transcode(utf8, into: &utf16)
  }

  private static func transcode(
    _ utf8: [UInt8], into utf16: inout [UInt16]
  ) throws(SegmentationError) {
    utf16.removeAll(keepingCapacity: true)
    utf16.reserveCapacity(utf8.count)
    do throws(UTF8.ValidationError) {
      let text = try UTF8Span(validating: utf8.span)
      var scalars = text.makeUnicodeScalarIterator()
      while let scalar = scalars.next() {
        if scalar.value < 0x10000 {
          utf16.append(UInt16(scalar.value))
        } else {
          utf16.append(UTF16.leadSurrogate(scalar))
          utf16.append(UTF16.trailSurrogate(scalar))
        }
      }
    } catch {
      throw .invalidUTF8(offset: error.byteOffsets.lowerBound)
    }
  }
}

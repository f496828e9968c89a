/// A segment of the text that is not white space.
public struct Token: Sendable, Equatable, Decodable {
  /// Position in the document's list of tokens.
  public var index: Int
  /// The token's own bytes.
  public var text: String
  /// `word`, `number`, `ideograph`, `kana`, `emoji`, `symbol`, `punctuation`, `other` or `segment`.
  public var kind: String
  /// Half-open range in UTF-8 bytes.
  public var utf8: Range<Int>
  /// Half-open range in UTF-16 code units.
  public var utf16: Range<Int>
  /// Half-open range in Unicode scalars.
  public var scalars: Range<Int>

  /// Makes a token.
  public init(
    index: Int, text: String, kind: String, utf8: Range<Int>, utf16: Range<Int>,
    scalars: Range<Int>
  ) {
    self.index = index
    self.text = text
    self.kind = kind
    self.utf8 = utf8
    self.utf16 = utf16
    self.scalars = scalars
  }
}

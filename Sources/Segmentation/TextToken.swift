/// A piece of a text that is not white space, with its place in three encodings.
public struct TextToken: Sendable, Equatable {
  /// What the token is made of.
  public let kind: TokenKind
  /// Half-open range in UTF-8 bytes.
  public let utf8: Range<Int>
  /// Half-open range in UTF-16 code units.
  public let utf16: Range<Int>
  /// Half-open range in Unicode scalars.
  public let scalars: Range<Int>

  /// Makes a token.
  public init(kind: TokenKind, utf8: Range<Int>, utf16: Range<Int>, scalars: Range<Int>) {
    self.kind = kind
    self.utf8 = utf8
    self.utf16 = utf16
    self.scalars = scalars
  }
}

import CTextExplain

/// A classifier that shows its own tokens: `textexplain.tokens/1`.
public protocol Tokenizing: TextClassifier {
  /// The tokens of a text in its order: disjoint, on character boundaries.
  func tokens(of text: TextView) throws -> [ModelToken]
}

/// A byte range of a text as the model reads it.
public struct ModelToken: Sendable, Equatable {
  /// What is special about a token (`TX_TOKEN_…`).
  public struct Flags: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Makes a set of bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Stands for nothing in the text; its range is empty.
    public static let special = Flags(rawValue: UInt32(TX_TOKEN_SPECIAL))
    /// Outside the vocabulary.
    public static let unknown = Flags(rawValue: UInt32(TX_TOKEN_UNKNOWN))
    /// Belongs to the token before it.
    public static let continuesWord = Flags(rawValue: UInt32(TX_TOKEN_CONTINUES_WORD))
    /// Past the point where the model stops reading.
    public static let cut = Flags(rawValue: UInt32(TX_TOKEN_CUT))
  }

  /// Its bytes.
  public var range: Range<Int>
  /// Its number in the vocabulary, nil for none.
  public var id: Int?
  /// What is special about it.
  public var flags: Flags

  /// Makes a token.
  public init(_ range: Range<Int>, id: Int? = nil, flags: Flags = []) {
    self.range = range
    self.id = id
    self.flags = flags
  }

  var record: tx_token {
    tx_token(
      begin: UInt64(range.lowerBound), end: UInt64(range.upperBound), id: Int64(id ?? -1),
      flags: flags.rawValue, reserved: 0)
  }
}

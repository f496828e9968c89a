import CTextExplain

/// A classifier that scores many subsets of one text faster than as many texts: `textexplain.masked/1`.
///
/// A mask's scores must be those of its rendering: bytes outside the pieces always stay, a present piece
/// keeps its bytes, an absent one leaves nothing or the filler, white space is not tidied.
public protocol MaskedScoring: TextClassifier {
  /// What the classifier keeps of a prepared text; several may be alive at once.
  associatedtype PreparedText: AnyObject

  /// What may be done with absent pieces.
  static var absenceModes: AbsenceModes { get }

  /// Prepares a text for scoring its subsets.
  ///
  /// - Throws: ``PluginError`` with `.unsupported` to decline: the host then sends the renderings.
  func prepare(_ masking: Masking, call: inout Call) throws -> PreparedText

  /// Scores the rendering of each mask into the row of the same number.
  func score(
    _ masks: MaskBatch, of text: PreparedText, into scores: ScoreRows, call: inout Call) throws
}

/// What may be done with absent pieces (bits of `tx_ext_masked.absent_modes`).
public struct AbsenceModes: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt32

  /// Makes a set of bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// They leave nothing.
  public static let remove = AbsenceModes(rawValue: 1 << UInt32(TX_ABSENT_REMOVE))
  /// They leave the filler.
  public static let replace = AbsenceModes(rawValue: 1 << UInt32(TX_ABSENT_REPLACE))
  /// They become the model's own mask token.
  public static let modelMask = AbsenceModes(rawValue: 1 << UInt32(TX_ABSENT_MODEL_MASK))
}

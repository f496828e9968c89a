import CTextExplain

/// What the host should know of an open model beside its labels.
public struct ClassifierTraits: Sendable {
  /// Equal input gives equal output without a seed.
  public var isDeterministic = true
  /// A row depends neither on its neighbours nor on the size of the batch.
  public var isBatchInvariant = true
  /// Long texts are cut, and ``RowFlags/truncated`` says which.
  public var truncates = false
  /// A library underneath aborts where memory ends.
  public var abortsOutOfMemory = false
  /// `score` may be called by several threads at once.
  public var isConcurrent = false
  /// BCP 47 tags of the languages that the model was made for; empty means any.
  public var languages: [String] = []
  /// Texts a call that suit the model best; 0 means no preference.
  public var preferredBatch: UInt32 = 0
  /// The most texts a call; 0 means no limit.
  public var maximumBatch: UInt32 = 0
  /// The longest text in bytes, 0 for no limit; longer ones are refused before the classifier sees them.
  public var maximumTextBytes: UInt32 = 0
  /// Identifies the weights, as "sha256:…".
  public var modelID: String?
  /// How far apart scores may be that count as equal; 0 means the same bits.
  public var tolerance = 0.0
  /// Order of magnitude of one short text's cost in microseconds; 0 means cheap.
  public var typicalMicroseconds: UInt32 = 0

  /// The traits of a model that scores every text for itself, in no particular language.
  public init() {}

  /// The bits of `tx_info.flags`.
  var flags: UInt32 {
    (isDeterministic ? UInt32(TX_IS_DETERMINISTIC) : 0)
      | (isBatchInvariant ? UInt32(TX_IS_BATCH_INVARIANT) : 0)
      | (truncates ? UInt32(TX_TRUNCATES) : 0)
      | (abortsOutOfMemory ? UInt32(TX_ABORTS_ON_OOM) : 0)
  }
}

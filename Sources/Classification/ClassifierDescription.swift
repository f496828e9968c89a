/// What a classifier says of itself, constant for its life.
public struct ClassifierDescription: Sendable, Equatable {
  /// Permanent identifier, as `org.example.sentiment`.
  public var id: String
  /// Name for people.
  public var name: String
  /// Semantic version.
  public var version: String
  /// Identifies the weights; a cache key.
  public var modelID: String?
  /// What the numbers of a score row mean.
  public var outputKind: OutputKind
  /// Unique, non-empty names of the outputs, one for each column of a score row.
  public var labels: [String]
  /// How far equal texts' scores may lie apart; 0 means bit-identical.
  public var tolerance: Double
  /// Texts a call that the classifier likes best; 0 means no preference.
  public var preferredBatch: Int
  /// Most texts a call; 0 means no limit.
  public var maximumBatch: Int
  /// Most bytes a text; 0 means no limit.
  public var maximumTextBytes: Int
  /// Typical cost of one short text in microseconds; 0 means cheap.
  public var typicalCostMicroseconds: Int
  /// Whether a row never depends on its neighbours in a batch.
  public var isBatchInvariant: Bool

  /// Makes a description; everything after the labels has the neutral value by default.
  public init(
    id: String, name: String, version: String, modelID: String? = nil, outputKind: OutputKind,
    labels: [String], tolerance: Double = 0, preferredBatch: Int = 0, maximumBatch: Int = 0,
    maximumTextBytes: Int = 0, typicalCostMicroseconds: Int = 0, isBatchInvariant: Bool = false
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.modelID = modelID
    self.outputKind = outputKind
    self.labels = labels
    self.tolerance = tolerance
    self.preferredBatch = preferredBatch
    self.maximumBatch = maximumBatch
    self.maximumTextBytes = maximumTextBytes
    self.typicalCostMicroseconds = typicalCostMicroseconds
    self.isBatchInvariant = isBatchInvariant
  }
}

extension ClassifierDescription {
  /// Whether a batch may be cut anywhere without changing a bit of any score.
  ///
  /// A classifier may call itself batch-invariant and still round differently in calls of other sizes: that is what
  /// its tolerance is for.
  public var allowsAnyCut: Bool { isBatchInvariant && tolerance == 0 }

  /// Where batches are cut into calls: after every so many rows, counted from the first; nil means nowhere.
  ///
  /// The classifier's preference, 32 where cuts can change a score, and never more than its limit. It
  /// depends on the description only, so that every run cuts at the same places.
  public var rowsPerCall: Int? {
    let wanted = preferredBatch > 0 ? preferredBatch : allowsAnyCut ? 0 : 32
    if wanted == 0 { return maximumBatch > 0 ? maximumBatch : nil }
    return maximumBatch > 0 ? min(wanted, maximumBatch) : wanted
  }
}

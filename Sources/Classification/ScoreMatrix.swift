/// A row-major matrix of scores, one row a text and one column an output, with flags for each row.
public struct ScoreMatrix: Sendable, Equatable {
  /// What a classifier says about one row besides its scores.
  public struct RowFlags: OptionSet, Sendable, Hashable {
    /// The flags' bits, as in the plugin ABI.
    public let rawValue: UInt8
    /// Makes flags from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The model read only the beginning of the text.
    public static let truncated = RowFlags(rawValue: 1)
    /// The model was not made for the text's language.
    public static let unknownLanguage = RowFlags(rawValue: 2)
    /// The row holds no scores; the other rows do.
    public static let failed = RowFlags(rawValue: 4)
  }

  /// The number of columns.
  public let outputs: Int
  /// The number of rows.
  public private(set) var rows: Int
  /// `rows * outputs` scores, row by row.
  public var values: [Double]
  /// One entry a row.
  public var flags: [RowFlags]

  /// Makes a matrix of zeros without flags.
  public init(rows: Int, outputs: Int) {
    self.rows = rows
    self.outputs = outputs
    values = Array(repeating: 0, count: rows * outputs)
    flags = Array(repeating: [], count: rows)
  }

  /// Appends the rows of a matrix with as many columns.
  public mutating func append(_ other: ScoreMatrix) {
    precondition(other.outputs == outputs)
    rows += other.rows
    values += other.values
    flags += other.flags
  }

  /// The scores of one row.
  public subscript(row row: Int) -> ArraySlice<Double> {
    values[row * outputs..<(row + 1) * outputs]
  }
}

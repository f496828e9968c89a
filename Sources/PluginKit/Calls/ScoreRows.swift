import CTextExplain

/// What is worth telling of one row (`TX_ROW_…`).
@frozen
public struct RowFlags: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// Makes a set of bits.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The model read only the beginning of this text.
  public static let truncated = RowFlags(rawValue: UInt8(TX_ROW_TRUNCATED))
  /// The model was not made for this text's language.
  public static let unknownLanguage = RowFlags(rawValue: UInt8(TX_ROW_UNKNOWN_LANGUAGE))
}

/// The host's table for the scores of a call: a row a text, in it a score a label.
@frozen
public struct ScoreRows {
  @usableFromInline let scores: UnsafeMutablePointer<Double>
  @usableFromInline let stride: Int
  private let flags: UnsafeMutablePointer<UInt8>?
  /// Rows to fill.
  public let count: Int
  /// Scores a row.
  public let outputs: Int

  /// Checks the host's table; nil if there is no row to fill.
  init?(_ table: UnsafeMutablePointer<tx_scores>?, rows: Int, outputs: Int) throws {
    guard let table, Int(table.pointee.size) >= Layout.scores else {
      throw PluginError(.argument, "the call has no table for its scores")
    }
    guard table.pointee.rows == rows else {
      throw PluginError(.argument, "\(table.pointee.rows) rows of scores for \(rows) texts")
    }
    if rows == 0 { return nil }
    guard Int(table.pointee.outputs) == outputs, table.pointee.row_stride >= outputs,
      let scores = table.pointee.scores
    else {
      throw PluginError(.argument, "the table of scores is not of \(outputs) outputs a row")
    }
    self.scores = scores
    stride = table.pointee.row_stride
    flags = Int(table.pointee.size) >= Layout.rowFlags ? table.pointee.row_flags : nil
    count = rows
    self.outputs = outputs
  }

  /// One score.
  @inlinable
  public subscript(row: Int, output: Int) -> Double {
    get {
      precondition(row >= 0 && row < count && output >= 0 && output < outputs)
      return scores[row &* stride &+ output]
    }
    nonmutating set {
      precondition(row >= 0 && row < count && output >= 0 && output < outputs)
      scores[row &* stride &+ output] = newValue
    }
  }

  /// All scores of a row, in the order of the labels.
  public subscript(row: Int) -> [Double] {
    get { (0..<outputs).map { self[row, $0] } }
    nonmutating set {
      precondition(newValue.count == outputs, "as many scores as labels")
      for output in 0..<outputs { self[row, output] = newValue[output] }
    }
  }

  /// Tells the host something about a row.
  public func mark(_ row: Int, _ marks: RowFlags) {
    precondition(row >= 0 && row < count)
    flags?[row] |= marks.rawValue
  }

  /// Gives up this row alone: its scores are NaN, the other rows are good.
  public func fail(_ row: Int) {
    for output in 0..<outputs { self[row, output] = .nan }
    flags?[row] |= UInt8(TX_ROW_FAILED)
  }
}

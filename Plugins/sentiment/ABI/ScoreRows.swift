import CTextExplain

/// The host's rows for the scores of a call.
struct ScoreRows {
  private let scores: UnsafeMutablePointer<Double>
  private let stride: Int

  /// Checks the host's table; nil if there is no row to fill.
  init?(_ table: UnsafeMutablePointer<tx_scores>?, rows: Int) throws(PluginFailure) {
    guard let table, Int(table.pointee.size) >= Layout.scores else {
      throw PluginFailure(TX_E_ARGUMENT, "the call has no table for its scores")
    }
    guard table.pointee.rows == rows else {
      throw PluginFailure(TX_E_ARGUMENT, "\(table.pointee.rows) rows of scores for \(rows) texts")
    }
    if rows == 0 { return nil }
    guard table.pointee.outputs == 2, table.pointee.row_stride >= 2,
      let scores = table.pointee.scores
    else {
      throw PluginFailure(TX_E_ARGUMENT, "the table of scores is not of 2 outputs a row")
    }
    self.scores = scores
    stride = table.pointee.row_stride
  }

  /// Writes P(negative) and P(positive) for a compound score.
  @inline(__always)
  func write(compound: Double, at row: Int) {
    let positive = (compound + 1) / 2
    scores[row &* stride] = 1 - positive
    scores[row &* stride &+ 1] = positive
  }
}

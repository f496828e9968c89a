import CTextExplain
import Classification

/// Has a plugin fill a score matrix, part by part.
///
/// The matrix starts out as NaN, so that a row the plugin forgets is found by the validator.
struct ScoreFiller {
  private(set) var scores: ScoreMatrix
  private let rowsPerCall: Int

  init(rows: Int, _ description: ClassifierDescription) {
    scores = ScoreMatrix(rows: rows, outputs: description.labels.count)
    scores.values.withUnsafeMutableBufferPointer { $0.update(repeating: .nan) }
    rowsPerCall = description.rowsPerCall ?? max(rows, 1)
  }

  /// A call that failed, and the rows that it was to fill.
  struct Failed {
    let rows: Range<Int>
    let failure: PluginFailure
  }

  /// Makes the calls in row order and ends at the first that fails.
  ///
  /// - Parameter call: fills the given rows, whose memory the struct describes for the duration of the call.
  mutating func fill(
    _ call: (_ rows: Range<Int>, _ part: UnsafeMutablePointer<tx_scores>) -> PluginFailure?
  ) -> Failed? {
    let (rows, outputs) = (scores.rows, scores.outputs)
    var flags = [UInt8](repeating: 0, count: rows)
    let failed: Failed? = scores.values.withUnsafeMutableBufferPointer { values in
      flags.withUnsafeMutableBufferPointer { flags in
        for start in stride(from: 0, to: rows, by: rowsPerCall) {
          let part = start..<min(start + rowsPerCall, rows)
          var memory = tx_scores(
            size: UInt32(MemoryLayout<tx_scores>.size), outputs: UInt32(outputs), rows: part.count,
            row_stride: outputs, scores: values.baseAddress?.advanced(by: start * outputs),
            row_flags: flags.baseAddress?.advanced(by: start))
          if let failure = call(part, &memory) { return Failed(rows: part, failure: failure) }
        }
        return nil
      }
    }
    for row in 0..<rows { scores.flags[row] = ScoreMatrix.RowFlags(rawValue: flags[row]) }
    return failed
  }
}

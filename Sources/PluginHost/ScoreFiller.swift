import CTextExplain
import Classification

/// Has a plugin fill a score matrix, part by part, and sees to it that it writes nowhere else.
///
/// Every number starts out as a NaN of the host's own, so that a row the plugin forgets is found by the validator,
/// and one that it writes past by what it leaves behind.
struct ScoreFiller {
  private(set) var scores: ScoreMatrix
  private let rowsPerCall: Int

  /// Numbers behind the outputs of a row, and behind the last row.
  private static let rowMargin = 1
  private static let endMargin = 64
  /// A quiet NaN whose payload no arithmetic makes.
  private static let canary = Double(bitPattern: 0x7ff8_5e17_ca4a_1215)
  private static let flagCanary: UInt8 = 0xa5

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
    let stride = outputs + Self.rowMargin
    let largest = min(rows, rowsPerCall)
    var values = [Double](repeating: Self.canary, count: largest * stride + Self.endMargin)
    var flags = [UInt8](repeating: 0, count: largest + Self.endMargin)
    for start in Swift.stride(from: 0, to: rows, by: rowsPerCall) {
      let part = start..<min(start + rowsPerCall, rows)
      values.withUnsafeMutableBufferPointer { $0.update(repeating: Self.canary) }
      for index in flags.indices { flags[index] = index < part.count ? 0 : Self.flagCanary }
      let failure = values.withUnsafeMutableBufferPointer { values in
        flags.withUnsafeMutableBufferPointer { flags in
          var memory = tx_scores(
            size: UInt32(MemoryLayout<tx_scores>.size), outputs: UInt32(outputs), rows: part.count,
            row_stride: stride, scores: values.baseAddress, row_flags: flags.baseAddress)
          return call(part, &memory)
        }
      }
      if let failure = failure ?? breach(values, flags, part, stride) {
        return Failed(rows: part, failure: failure)
      }
      for row in part {
        let from = (row - start) * stride
        for column in 0..<outputs {
          scores.values[row * outputs + column] = values[from + column]
        }
        scores.flags[row] = ScoreMatrix.RowFlags(rawValue: flags[row - start])
      }
    }
    return nil
  }

  /// What a call wrote that is none of its business.
  private func breach(
    _ values: [Double], _ flags: [UInt8], _ part: Range<Int>, _ stride: Int
  ) -> PluginFailure? {
    let outputs = scores.outputs
    func isIntact(_ index: Int) -> Bool { values[index].bitPattern == Self.canary.bitPattern }
    let bad = part.indices.first { row in
      let start = (row - part.lowerBound) * stride
      return !(start + outputs..<start + stride).allSatisfy(isIntact)
    }
    if let bad {
      return PluginFailure(
        breach: "it writes past the \(outputs) outputs of row \(bad - part.lowerBound)")
    }
    if !(part.count * stride..<values.count).allSatisfy(isIntact)
      || flags[part.count...].contains(where: { $0 != Self.flagCanary })
    {
      return PluginFailure(breach: "it writes past the last of \(part.count) rows")
    }
    return nil
  }
}

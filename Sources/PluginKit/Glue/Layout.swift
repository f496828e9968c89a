import CTextExplain

/// How large a struct of the host must be for each field that is touched here (rule R1, `TX_HAS`).
enum Layout {
  static let errorMessage = end(of: \tx_error.message)
  static let hostLog = end(of: \tx_host.log)
  static let callDeadline = end(of: \tx_call.deadline_ns)
  static let callSeed = end(of: \tx_call.seed)
  static let callStop = end(of: \tx_call.should_stop)
  static let scores = end(of: \tx_scores.scores)
  static let rowFlags = end(of: \tx_scores.row_flags)
  static let maskingCount = end(of: \tx_masking.piece_count)
  static let sinkPut = end(of: \tx_sink.put)

  /// A field that cannot be placed is in no struct.
  private static func end<Root, Field>(of field: KeyPath<Root, Field>) -> Int {
    MemoryLayout<Root>.offset(of: field).map { $0 + MemoryLayout<Field>.size } ?? .max
  }
}

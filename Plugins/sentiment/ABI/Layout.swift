import CTextExplain

/// How large a struct of the host must be for its last field that this plugin touches (rule R1,
/// `TX_HAS`).
enum Layout {
  static let errorMessage = end(of: \tx_error.message)
  static let callDeadline = end(of: \tx_call.deadline_ns)
  static let callStop = end(of: \tx_call.should_stop)
  static let scores = end(of: \tx_scores.scores)
  static let maskingCount = end(of: \tx_masking.piece_count)

  /// A field that cannot be placed is in no struct.
  private static func end<Root, Field>(of field: KeyPath<Root, Field>) -> Int {
    MemoryLayout<Root>.offset(of: field).map { $0 + MemoryLayout<Field>.size } ?? .max
  }
}

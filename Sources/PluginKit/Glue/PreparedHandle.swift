import CTextExplain

/// A prepared text as the host holds it: `tx_masked`.
final class PreparedHandle<Classifier: MaskedScoring> {
  private let text: Classifier.PreparedText
  private let pieceCount: Int

  init(
    _ classifier: Classifier, _ what: UnsafePointer<tx_masking>?, limit: Int,
    call limits: UnsafePointer<tx_call>?
  ) throws {
    var call = try Call(limits)
    let masking = try Masking(what, modes: Classifier.absenceModes, limit: limit)
    text = try classifier.prepare(masking, call: &call)
    pieceCount = masking.pieces.count
  }

  /// Scores masks into rows.
  func score(
    _ classifier: Classifier, _ masks: UnsafePointer<UInt64>?, wordsPerMask: Int, rows: ScoreRows,
    call limits: UnsafePointer<tx_call>?
  ) throws {
    let batch = try MaskBatch(
      masks, count: rows.count, wordsPerMask: wordsPerMask, pieceCount: pieceCount)
    var call = try Call(limits)
    try classifier.score(batch, of: text, into: rows, call: &call)
  }
}

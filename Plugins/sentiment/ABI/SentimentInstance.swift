import CTextExplain

/// One open classifier, as the host holds it: `tx_instance`.
final class SentimentInstance {
  private var model = SentimentModel()

  /// Opens the classifier; it has no options.
  static func create(
    _ options: UnsafePointer<tx_option>?, count: Int
  ) throws(PluginFailure) -> SentimentInstance {
    guard count > 0 else { return SentimentInstance() }
    guard let key = options?.pointee.key, key.len == 0 || key.data != nil else {
      throw PluginFailure(TX_E_ARGUMENT, "options at NULL")
    }
    let name = UnsafeRawBufferPointer(start: key.data, count: key.len)
    throw PluginFailure(
      TX_E_OPTION, "unknown option '\(String(decoding: name, as: UTF8.self))': there are none")
  }

  /// Scores each text into its row.
  func predict(
    _ texts: UnsafePointer<tx_text>?, count: Int, limits call: UnsafePointer<tx_call>?,
    into table: UnsafeMutablePointer<tx_scores>?
  ) throws(PluginFailure) {
    guard let rows = try ScoreRows(table, rows: count) else { return }
    guard let texts else { throw PluginFailure(TX_E_ARGUMENT, "\(count) texts at NULL") }
    var limits = try CallLimits(call)
    defer { model.trim() }
    for row in 0..<count {
      let text = try texts[row].validated()
      let compound = model.compound(of: text)
      rows.write(compound: compound, at: row)
      try limits.count(text.count)
    }
  }

  /// Scores the rendering of each mask into its row.
  func score(
    _ prepared: PreparedText, masks: UnsafePointer<UInt64>?, rows count: Int, wordsPerMask: Int,
    limits call: UnsafePointer<tx_call>?, into table: UnsafeMutablePointer<tx_scores>?
  ) throws(PluginFailure) {
    guard let rows = try ScoreRows(table, rows: count) else { return }
    let pieceCount = prepared.masked.pieceCount
    guard wordsPerMask >= (pieceCount + 63) / 64 else {
      throw PluginFailure(TX_E_ARGUMENT, "\(wordsPerMask) words a mask for \(pieceCount) pieces")
    }
    var limits = try CallLimits(call)
    defer { model.trim() }
    try withUnsafePointer(to: UInt64(0)) { (empty) throws(PluginFailure) in
      // Without pieces a mask may have no words; then nothing is read from it.
      guard let masks = masks ?? (pieceCount == 0 ? empty : nil) else {
        throw PluginFailure(TX_E_ARGUMENT, "\(count) masks at NULL")
      }
      try Self.score(
        &prepared.masked, with: &model, masks: masks, wordsPerMask: wordsPerMask, count: count,
        into: rows, within: &limits)
    }
  }

  /// The loop over the masks, where the compiler sees that nobody else holds model and text.
  private static func score(
    _ masked: inout MaskedText, with model: inout SentimentModel, masks: UnsafePointer<UInt64>,
    wordsPerMask: Int, count: Int, into rows: ScoreRows, within limits: inout CallLimits
  ) throws(PluginFailure) {
    for row in 0..<count {
      let compound = model.compound(of: &masked, mask: masks + row &* wordsPerMask)
      rows.write(compound: compound, at: row)
      try limits.count(masked.longestRendering)
    }
  }
}

import CTextExplain
import Classification

extension PluginClassifier {
  /// The byte ranges of the plugin's own tokens, by its extension `tokens/1`; special tokens are left out.
  ///
  /// - Returns: nil where the plugin lacks the extension or declines the text.
  /// - Throws: `ClassifierError`.
  public func tokens(of text: [UInt8]) throws(ClassifierError) -> [Range<Int>]? {
    guard let table = instance.table(of: TX_EXT_TOKENS, as: tx_ext_tokens.self) else { return nil }
    let name = description.name
    let step = "finding the tokens of the text \(TextExcerpt(of: text))"
    guard let tokenize = table[\.tokenize] else {
      throw PluginFailure(breach: "its table of \(TX_EXT_TOKENS) lacks a function")
        .scoringError(plugin: name, step: step)
    }
    try description.checkLength(of: text[...])
    var records: [tx_token] = []
    let failure = withUnsafeMutablePointer(to: &records) { records in
      var sink = tx_sink(
        size: UInt32(MemoryLayout<tx_sink>.size),
        record_size: UInt32(MemoryLayout<tx_token>.stride), ctx: records, put: Self.put)
      return text.withUnsafeBytes { text in
        let text = tx_text(
          data: text.baseAddress?.assumingMemoryBound(to: CChar.self), len: text.count)
        return PluginFailure.of { tokenize(instance.handle, text, &sink, $0) }
      }
    }
    if let failure {
      if Int(failure.code) == TX_E_UNSUPPORTED { return nil }
      throw failure.scoringError(plugin: name, step: step)
    }
    guard let ranges = ranges(records, in: text) else {
      throw PluginFailure(breach: "its tokens overlap, leave the text or cut a character")
        .scoringError(plugin: name, step: step)
    }
    return ranges
  }

  /// Takes records on behalf of a sink whose context is the list that they belong into.
  private static let put:
    @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, Int) -> tx_result = {
      context, records, count in
      guard let context, let records, count >= 0 else {
        return tx_result(count == 0 ? TX_OK : TX_E_HOST)
      }
      let list = context.assumingMemoryBound(to: [tx_token].self)
      for index in 0..<count {
        list.pointee.append(
          records.loadUnaligned(
            fromByteOffset: index * MemoryLayout<tx_token>.stride, as: tx_token.self))
      }
      return tx_result(TX_OK)
    }

  /// Ranges of tokens that are as the header wants them, else nil.
  private func ranges(_ tokens: [tx_token], in text: [UInt8]) -> [Range<Int>]? {
    var ranges: [Range<Int>] = []
    for token in tokens {
      guard let begin = Int(exactly: token.begin), let end = Int(exactly: token.end), begin <= end
      else { return nil }
      ranges.append(begin..<end)
    }
    return TokenRanges.fit(ranges, in: text) ? ranges.filter { !$0.isEmpty } : nil
  }
}

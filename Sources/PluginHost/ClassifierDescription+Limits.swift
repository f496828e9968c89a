import Classification

extension ClassifierDescription {
  /// Makes sure that the model can read a text.
  func checkLength(of text: ArraySlice<UInt8>) throws(ClassifierError) {
    let limit = maximumTextBytes
    guard limit > 0, text.count > limit else { return }
    throw ClassifierError(
      code: .textTooLong,
      message: "a text of \(text.count) bytes is longer than the \(limit) that plugin \"\(name)\" "
        + "reads: \(TextExcerpt(of: text))",
      help: "shorten the text")
  }

  /// Makes sure that the model can read every text of a batch.
  func checkLengths(of batch: TextBatch) throws(ClassifierError) {
    if maximumTextBytes == 0 { return }
    for index in 0..<batch.count { try checkLength(of: batch.bytes[batch.range(of: index)]) }
  }
}

extension Masking {
  /// The text of one row of masks, rendered.
  func rendering(ofRow row: Int, in masks: ArraySlice<UInt64>) -> ArraySlice<UInt8> {
    var rendered = TextBatch()
    let start = masks.startIndex + row * wordsPerMask
    render(mask: masks[start..<start + wordsPerMask], into: &rendered)
    return rendered.bytes[...]
  }
}

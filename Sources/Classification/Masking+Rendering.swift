extension Masking {
  /// Appends the text in which only the pieces of `mask` are present.
  ///
  /// - Parameter mask: ``wordsPerMask`` words; bit `i % 64` of word `i / 64` says that piece `i` is present.
  /// - Complexity: O(bytes of the text).
  public func render(_ mask: ArraySlice<UInt64>, into batch: inout TextBatch) {
    // Neighbouring present pieces and the bytes between them are copied in one go.
    var start = 0
    for (index, piece) in pieces.enumerated() {
      let word = mask[mask.startIndex + index >> 6]
      if word >> UInt64(index & 63) & 1 == 1 { continue }
      batch.append(text, range: start..<piece.lowerBound)
      if case .replace(let filler) = absent { batch.append(contentsOf: filler.utf8) }
      start = piece.upperBound
    }
    batch.append(text, range: start..<text.count)
    batch.endText()
  }
}

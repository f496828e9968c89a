extension Masking {
  /// Appends the reference rendering of a subset of the pieces as one text of a batch.
  ///
  /// Where the classifier's own mask stands for absent pieces, this is for people: `[MASK]` is in its place.
  ///
  /// - Parameters:
  ///   - mask: ``wordsPerMask`` words; bit `i % 64` of word `i / 64` says that piece `i` is present.
  ///   - batch: receives one closed text.
  /// - Complexity: O(bytes of the text).
  public func render(mask: ArraySlice<UInt64>, into batch: inout TextBatch) {
    precondition(mask.count == wordsPerMask)
    var copied = 0
    for (index, piece) in pieces.enumerated() {
      let word = mask[mask.startIndex + index / 64]
      if word & (1 << UInt64(index % 64)) != 0 { continue }
      batch.append(text, range: copied..<piece.lowerBound)
      switch absent {
      case .remove: break
      case .replace(let filler): batch.append(contentsOf: filler.utf8)
      case .model: batch.append(contentsOf: "[MASK]".utf8)
      }
      copied = piece.upperBound
    }
    batch.append(text, range: copied..<text.count)
    batch.endText()
  }
}

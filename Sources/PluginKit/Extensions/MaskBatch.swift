/// The masks of one call, in the host's memory: for each row the pieces that are present.
@frozen
public struct MaskBatch {
  @usableFromInline let masks: UnsafePointer<UInt64>
  /// Words from one mask to the next.
  public let wordsPerMask: Int
  /// How many masks there are, at least one.
  public let count: Int
  /// Pieces of the prepared text.
  public let pieceCount: Int

  init(_ masks: UnsafePointer<UInt64>?, count: Int, wordsPerMask: Int, pieceCount: Int) throws {
    guard wordsPerMask >= (pieceCount + 63) / 64 else {
      throw PluginError(.argument, "\(wordsPerMask) words a mask for \(pieceCount) pieces")
    }
    // Without pieces a mask may have no words; then nothing is read from it.
    guard let masks = masks ?? (pieceCount == 0 ? Self.empty : nil) else {
      throw PluginError(.argument, "\(count) masks at NULL")
    }
    self.masks = masks
    self.wordsPerMask = wordsPerMask
    self.count = count
    self.pieceCount = pieceCount
  }

  /// Whether a piece is present.
  @inlinable
  public subscript(row: Int, piece: Int) -> Bool {
    precondition(row >= 0 && row < count && piece >= 0 && piece < pieceCount)
    return masks[row &* wordsPerMask &+ piece &>> 6] &>> UInt64(piece & 63) & 1 == 1
  }

  /// A mask as words: bit i % 64 of word i / 64, least significant first, is piece i.
  ///
  /// As many words may be read as the pieces need.
  @inlinable
  public func words(of row: Int) -> UnsafePointer<UInt64> {
    precondition(row >= 0 && row < count)
    return masks + row &* wordsPerMask
  }

  /// A word that nobody writes to and nobody frees.
  nonisolated(unsafe) private static let empty: UnsafePointer<UInt64> = {
    let word = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    word.initialize(to: 0)
    return UnsafePointer(word)
  }()
}

import CTextExplain

/// The texts of one call, in the host's memory.
@frozen
public struct TextBatch {
  @usableFromInline let texts: UnsafePointer<tx_text>
  @usableFromInline let limit: Int
  /// How many there are, at least one.
  public let count: Int

  init(_ texts: UnsafePointer<tx_text>, count: Int, limit: Int) {
    self.texts = texts
    self.count = count
    self.limit = limit
  }

  /// A text, checked when it is asked for.
  ///
  /// - Throws: ``PluginError`` with `.encoding` or `.tooLong`, to be passed on.
  /// - Complexity: O(*n*) in bytes, at some gigabytes a second; nothing is copied.
  @inlinable
  public subscript(row: Int) -> TextView {
    get throws {
      precondition(row >= 0 && row < count)
      return try TextView(texts[row], limit: limit)
    }
  }
}

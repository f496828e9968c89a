import CTextExplain

/// A text in the host's memory: valid UTF-8, without a terminator, perhaps empty, gone when the call returns.
@frozen
public struct TextView {
  /// The bytes.
  public let bytes: UnsafeRawBufferPointer

  /// A copy as a string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Checks that a text is UTF-8 and of no more than `limit` bytes.
  @usableFromInline
  init(_ text: tx_text, limit: Int = .max) throws {
    guard text.len <= limit else {
      throw PluginError(.tooLong, "a text of \(text.len) bytes; the limit is \(limit)")
    }
    guard text.len > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let data = text.data else {
      throw PluginError(.argument, "a text of \(text.len) bytes at NULL")
    }
    bytes = UnsafeRawBufferPointer(start: data, count: text.len)
    if let offset = UTF8Validation.firstInvalid(bytes) {
      throw PluginError(.encoding, "the text is not UTF-8 at byte \(offset)")
    }
  }

  /// Whether `offset` is the end or the start of a character.
  func isBoundary(_ offset: Int) -> Bool {
    offset == bytes.count || bytes[offset] & 0xC0 != 0x80
  }
}

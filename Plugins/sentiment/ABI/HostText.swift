import CTextExplain

extension tx_text {
  /// The longest text that is scored: within the 50 ms in which a call must notice that it is
  /// stopped.
  static var longest: Int { 2 << 20 }

  /// The bytes, once they are known to be UTF-8 and not too many.
  @inline(__always)
  func validated() throws(PluginFailure) -> UnsafeRawBufferPointer {
    guard len <= Self.longest else {
      throw PluginFailure(TX_E_TOO_LONG, "a text of \(len) bytes; the limit is \(Self.longest)")
    }
    guard len > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let data else { throw PluginFailure(TX_E_ARGUMENT, "a text of \(len) bytes at NULL") }
    let bytes = UnsafeRawBufferPointer(start: data, count: len)
    if let offset = UTF8Scalars.firstInvalid(bytes) {
      throw PluginFailure(TX_E_ENCODING, "the text is not UTF-8 at byte \(offset)")
    }
    return bytes
  }
}

import CTextExplain

/// A failed call: its code for the host and its message for the reader.
struct PluginFailure: Error {
  let code: tx_result
  let message: String

  init(_ code: Int, _ message: String) {
    self.code = tx_result(code)
    self.message = message
  }

  /// Writes the message into the host's room, cut at a character boundary, and gives the code.
  func report(to error: UnsafeMutablePointer<tx_error>?) -> tx_result {
    guard let error, Int(error.pointee.size) >= Layout.errorMessage else { return code }
    guard let room = error.pointee.message else {
      error.pointee.length = 0
      return code
    }
    var message = self.message
    error.pointee.length = message.withUTF8 { bytes in
      var length = min(bytes.count, Int(error.pointee.capacity))
      while length > 0 && length < bytes.count && bytes[length] & 0xC0 == 0x80 { length -= 1 }
      for i in 0..<length { room[i] = CChar(bitPattern: bytes[i]) }
      return UInt32(length)
    }
    return code
  }
}

/// Runs a fallible call and turns its failure into a code and a message.
@inline(__always)
func reporting(
  to room: UnsafeMutablePointer<tx_error>?, _ body: () throws(PluginFailure) -> Void
) -> tx_result {
  do {
    try body()
    return tx_result(TX_OK)
  } catch {
    return error.report(to: room)
  }
}

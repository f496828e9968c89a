import CTextExplain

/// The room for a message that a call is given.
struct ErrorRoom {
  /// Bytes of room.
  var capacity = 1024
  /// The claimed size of the struct.
  var size = ForeignMemory<tx_error>.size
  /// Whether the call gets no room at all.
  var isMissing = false

  static let none = ErrorRoom(isMissing: true)

  private static let canary: UInt8 = 0x5c

  /// Makes a fallible call.
  ///
  /// - Throws: ``Violation`` where it writes outside its room or says that it did.
  func fill(_ call: (UnsafeMutablePointer<tx_error>?) -> tx_result) throws -> Answer {
    if isMissing { return Answer(code: Int(call(nil)), message: []) }
    var memory = [UInt8](repeating: Self.canary, count: capacity + 256)
    return try memory.withUnsafeMutableBytes { memory in
      let error = ForeignMemory(
        tx_error(
          size: 0, capacity: UInt32(capacity), length: 0, reserved: 0,
          message: memory.assumingMemoryBound(to: CChar.self).baseAddress), size: size)
      let code = call(error.pointer)
      let length = size >= 12 ? Int(error.pointer.pointee.length) : 0
      try require(
        error.surroundingsAreIntact && memory[capacity...].allSatisfy { $0 == Self.canary },
        "it writes outside a room of \(capacity) bytes for a message, or behind the struct's size")
      try require(
        length <= capacity, "it claims a message of \(length) bytes in a room of \(capacity)")
      return Answer(code: Int(code), message: Array(memory[..<length]))
    }
  }
}

/// What a fallible call answered.
struct Answer {
  let code: Int
  let message: [UInt8]

  var text: String { String(decoding: message, as: UTF8.self) }

  /// The code's name, and the message if there is one.
  var summary: String {
    let name = Self.names[code] ?? "the unknown code \(code)"
    return message.isEmpty ? name : "\(name) (\"\(text)\")"
  }

  private static let names: [Int: String] = [
    TX_OK: "TX_OK", TX_E_INTERNAL: "TX_E_INTERNAL", TX_E_ARGUMENT: "TX_E_ARGUMENT",
    TX_E_OPTION: "TX_E_OPTION", TX_E_MODEL: "TX_E_MODEL", TX_E_NOMEM: "TX_E_NOMEM",
    TX_E_UNSUPPORTED: "TX_E_UNSUPPORTED", TX_E_CANCELLED: "TX_E_CANCELLED",
    TX_E_DEADLINE: "TX_E_DEADLINE", TX_E_ENCODING: "TX_E_ENCODING",
    TX_E_TOO_LONG: "TX_E_TOO_LONG", TX_E_DEVICE: "TX_E_DEVICE", TX_E_HOST: "TX_E_HOST",
  ]
}

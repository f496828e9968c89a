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
  func fill(_ call: (UnsafeMutablePointer<tx_error>?) -> tx_result) -> Answer {
    if isMissing { return Answer(code: Int(call(nil)), length: 0, message: [], isOverrun: false) }
    var memory = [UInt8](repeating: Self.canary, count: capacity + 256)
    return memory.withUnsafeMutableBytes { memory in
      let error = ForeignMemory(
        tx_error(
          size: 0, capacity: UInt32(capacity), length: 0, reserved: 0,
          message: memory.assumingMemoryBound(to: CChar.self).baseAddress), size: size)
      let code = call(error.pointer)
      let length = size >= 12 ? Int(error.pointer.pointee.length) : 0
      return Answer(
        code: Int(code), length: length, message: Array(memory[..<min(length, capacity)]),
        isOverrun: !error.surroundingsAreIntact
          || memory[capacity...].contains { $0 != Self.canary })
    }
  }
}

/// What a fallible call answered.
struct Answer {
  let code: Int
  /// The message's length, as the plugin says.
  let length: Int
  let message: [UInt8]
  /// Whether the plugin wrote outside its room.
  let isOverrun: Bool

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

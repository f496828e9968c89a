/// Writes ``JSONValue``s as UTF-8.
///
/// Only what RFC 8259 requires is escaped, and besides it U+007F, the C1 controls, U+2028 and U+2029, which
/// line-oriented readers, terminals and JavaScript take for something else. All other text stays raw UTF-8.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// Appends a value on one line, with a space after `:` and `,` when `spaced`.
  mutating func write(_ value: JSONValue, spaced: Bool) {
    switch value {
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(value.description)
    case .unsigned(let value): append(value.description)
    case .double(let value): write(value)
    case .string(let value): write(value)
    case .array(let elements):
      append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { append(spaced ? ", " : ",") }
        write(element, spaced: spaced)
      }
      append("]")
    case .object(let fields):
      append("{")
      for (index, field) in fields.enumerated() {
        if index > 0 { append(spaced ? ", " : ",") }
        write(field.key)
        append(spaced ? ": " : ":")
        write(field.value, spaced: spaced)
      }
      append("}")
    }
  }

  /// Appends a value, indented: a container that fits into `width` bytes stays on its line, a longer array of
  /// scalars fills lines, and any other container has one element or field a line.
  mutating func writeIndented(_ value: JSONValue, width: Int, indent: Int = 0, column: Int = 0) {
    var line = JSONWriter()
    line.write(value, spaced: true)
    // One byte is kept for a comma.
    if !value.isContainer || column + line.bytes.count < width {
      bytes += line.bytes
      return
    }
    let inner = indent + 2
    switch value {
    case .array(let elements) where !elements.contains(where: \.isContainer):
      append("[")
      var column = width
      for (index, element) in elements.enumerated() {
        var item = JSONWriter()
        item.write(element, spaced: true)
        if index > 0 { append(",") }
        if column + item.bytes.count + 2 > width {
          breakLine(indent: inner)
          column = inner
        } else {
          append(" ")
          column += 1
        }
        bytes += item.bytes
        column += item.bytes.count + 1
      }
      breakLine(indent: indent)
      append("]")
    case .array(let elements):
      append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { append(",") }
        breakLine(indent: inner)
        writeIndented(element, width: width, indent: inner, column: inner)
      }
      breakLine(indent: indent)
      append("]")
    case .object(let fields):
      append("{")
      for (index, field) in fields.enumerated() {
        if index > 0 { append(",") }
        breakLine(indent: inner)
        let start = bytes.count
        write(field.key)
        append(": ")
        let column = inner + bytes.count - start
        writeIndented(field.value, width: width, indent: inner, column: column)
      }
      breakLine(indent: indent)
      append("}")
    default: break
    }
  }

  mutating func endLine() { append("\n") }

  private mutating func breakLine(indent: Int) {
    append("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  /// The shortest decimal that reads back as the same double; zero has no sign.
  private mutating func write(_ value: Double) {
    precondition(value.isFinite, "JSON has no \(value)")
    append(value == 0 ? "0.0" : value.description)
  }

  private mutating func write(_ string: String) {
    append("\"")
    let utf8 = Array(string.utf8)
    var written = 0
    for position in utf8.indices {
      let length = Self.lengthToEscape(utf8, at: position)
      guard length > 0 else { continue }
      bytes += utf8[written..<position]
      written = position + length
      for scalar in String(decoding: utf8[position..<written], as: UTF8.self).unicodeScalars {
        appendEscape(scalar)
      }
    }
    bytes += utf8[written...]
    append("\"")
  }

  /// The number of bytes of the scalar that begins at `position`, if it is one to escape; else 0.
  private static func lengthToEscape(_ utf8: [UInt8], at position: Int) -> Int {
    switch utf8[position] {
    case ..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F: 1
    case 0xC2: utf8[position + 1] < 0xA0 ? 2 : 0
    case 0xE2: utf8[position + 1] == 0x80 && utf8[position + 2] & 0xFE == 0xA8 ? 3 : 0
    default: 0
    }
  }

  private mutating func appendEscape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case "\u{8}": append("\\b")
    case "\u{C}": append("\\f")
    default:
      let digits = String(scalar.value, radix: 16)
      append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
    }
  }

  private mutating func append(_ string: String) { bytes.append(contentsOf: string.utf8) }
}

import Classification

/// A line that asks a program for scores.
package struct ProgramQuestion {
  /// `{"id": n, "texts": [...]}` with its line feed.
  package let line: [UInt8]

  /// Writes the question.
  ///
  /// Escaped is what JSON requires, and besides it what some readers of lines take for the end of one: U+007F to
  /// U+009F, U+2028 and U+2029. All other text stays raw UTF-8.
  ///
  /// - Complexity: O(bytes of the texts).
  package init(id: Int, _ batch: TextBatch, rows: Range<Int>) {
    var line = Array("{\"id\": \(id), \"texts\": [".utf8)
    for row in rows {
      if row > rows.lowerBound { line += Array(", ".utf8) }
      Self.write(batch.bytes[batch.range(of: row)], to: &line)
    }
    line += Array("]}\n".utf8)
    self.line = line
  }

  private static func write(_ text: ArraySlice<UInt8>, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    var written = text.startIndex
    var position = text.startIndex
    while position < text.endIndex {
      let (length, scalar) = special(text[position...])
      if length > 0 {
        line += text[written..<position]
        line += Array(escape(scalar).utf8)
        written = position + length
      }
      position += max(1, length)
    }
    line += text[written...]
    line.append(UInt8(ascii: "\""))
  }

  /// The scalar that a text begins with and its bytes, if it is one to escape; else no bytes.
  private static func special(_ text: ArraySlice<UInt8>) -> (length: Int, scalar: UInt32) {
    let first = text[text.startIndex]
    switch first {
    case ..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F: return (1, UInt32(first))
    case 0xC2:
      guard let second = text.dropFirst().first, second < 0xA0 else { return (0, 0) }
      return (2, UInt32(second))
    case 0xE2:
      let rest = Array(text.dropFirst().prefix(2))
      guard rest.count == 2, rest[0] == 0x80, rest[1] & 0xFE == 0xA8 else { return (0, 0) }
      return (3, 0x2000 + UInt32(rest[1] & 0x3F))
    default: return (0, 0)
    }
  }

  private static func escape(_ scalar: UInt32) -> String {
    switch scalar {
    case 0x22: return "\\\""
    case 0x5C: return "\\\\"
    case 0x0A: return "\\n"
    case 0x0D: return "\\r"
    case 0x09: return "\\t"
    default:
      let digits = String(scalar, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
  }
}

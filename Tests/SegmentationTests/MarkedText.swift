import Foundation
import Segmentation

/// A text in which tokens stand between marks: `⟦The⟧ ⟦quick⟧⟦punctuation:!⟧`.
///
/// The kind is named unless it is `plainKind`. Scalars that cannot be seen, and the backslash, are
/// written as `\u{200D}`.
struct MarkedText: Equatable, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  /// Marks the tokens of a text.
  init(_ bytes: [UInt8], tokens: [TextToken], plainKind: TokenKind) {
    var result = ""
    var end = 0
    func string(_ range: Range<Int>) -> String {
      Self.visible(String(decoding: bytes[range], as: UTF8.self))
    }
    for token in tokens {
      let kind = token.kind == plainKind ? "" : "\(token.kind):"
      result += string(end..<token.utf8.lowerBound) + "⟦\(kind)\(string(token.utf8))⟧"
      end = token.utf8.upperBound
    }
    description = result + string(end..<bytes.count)
  }

  /// The text without its marks.
  var text: String {
    get throws {
      var text = description
      for kind in TokenKind.allCases { text = text.replacing("⟦\(kind):", with: "") }
      text = text.replacing("⟦", with: "").replacing("⟧", with: "")
      return try Self.hidden(text)
    }
  }

  private static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case _ where scalar == " ": result.unicodeScalars.append(scalar)
      case _ where scalar == "\\" || scalar == "\u{FE0F}": result += Self.escape(scalar)
      case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
        .paragraphSeparator:
        result += Self.escape(scalar)
      // With nothing before it, it would join the bracket.
      case _
      where result.isEmpty
        && (scalar.properties.isGraphemeExtend || scalar.properties.isEmojiModifier):
        result += Self.escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }

  private static func hidden(_ text: String) throws -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      guard rest.starts(with: "u{".unicodeScalars), let close = rest.firstIndex(of: "}"),
        let value = UInt32(String(rest[..<close].dropFirst(2)), radix: 16),
        let escaped = Unicode.Scalar(value)
      else { throw BadEscape(text: text) }
      result.append(escaped)
      rest = rest[rest.index(after: close)...]
    }
    return String(result)
  }

  struct BadEscape: Error { var text: String }
}

/// A short, printable quotation of a text for error messages.
///
/// Control, format and separator characters are shown as escapes (`\n`, `\u{1B}`), quotation marks and
/// backslashes with a backslash, and invalid UTF-8 as U+FFFD, so that no text can act on a terminal or
/// forge the end of its own quotation.
public struct TextExcerpt: Sendable, CustomStringConvertible {
  /// The quotation, in double quotes, ended by `…` where it was cut.
  public let description: String

  /// Quotes the beginning of a text.
  ///
  /// - Parameters:
  ///   - bytes: the text in UTF-8.
  ///   - limit: the most Unicode scalars shown.
  public init(of bytes: some Collection<UInt8>, limit: Int = 40) {
    // A scalar takes at most four bytes: nothing past these can be shown.
    let head = String(decoding: bytes.prefix(4 * limit), as: UTF8.self)
    var text = ""
    var shown = 0
    var used = 0
    for scalar in head.unicodeScalars {
      if shown == limit { break }
      text += Self.escaped(scalar)
      used += UTF8.width(scalar)
      shown += 1
    }
    let isCut = used < bytes.count && shown == limit
    description = "\"" + text + (isCut ? "…" : "") + "\""
  }

  /// Quotes the beginning of a string.
  public init(of text: String, limit: Int = 40) {
    self.init(of: text.utf8, limit: limit)
  }

  /// A text with its control, format and separator characters shown as escapes.
  public static func escapingControls(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += escapedControl($1) ?? String(Character($1)) }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    default: escapedControl(scalar) ?? String(Character(scalar))
    }
  }

  private static func escapedControl(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
      return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default:
      return nil
    }
  }
}

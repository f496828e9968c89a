/// The characters of a text in a form that is safe to send to a terminal.
///
/// A scalar that a terminal would obey, that would reorder what stands beside it, or that would vanish is written
/// `\u{1B}`, as in a Swift literal: controls, bidirectional marks, overrides and isolates, the soft hyphen, line
/// separators, tags that do not belong to a flag. The joiners that scripts and emoji need stay. A tab becomes a space,
/// a line break `⏎`.
package func visibleCharacters(_ text: some StringProtocol) -> [Character] {
  var result: [Character] = []
  result.reserveCapacity(text.utf8.count)
  for character in text {
    if character.isLineBreak {
      result.append("⏎")
    } else if character == "\t" {
      result.append(" ")
    } else if character.isVisible {
      result.append(character)
    } else {
      for scalar in character.unicodeScalars {
        if character.shows(scalar) {
          result.append(Character(scalar))
        } else {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
      }
    }
  }
  return result
}

extension Character {
  /// Whether it ends a line of the text.
  var isLineBreak: Bool { self == "\n" || self == "\r\n" }

  fileprivate var isVisible: Bool {
    if let byte = asciiValue { return byte >= 0x20 && byte < 0x7F }
    return unicodeScalars.allSatisfy(shows)
  }

  /// Whether a scalar of this character may reach the terminal.
  fileprivate func shows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return false
    case .format: break
    default: return true
    }
    switch scalar.value {
    case 0x200B...0x200D, 0x2060: return true
    case 0xE0020...0xE007F: return unicodeScalars.first == "\u{1F3F4}"
    default: return scalar.isPrependedMark
    }
  }
}

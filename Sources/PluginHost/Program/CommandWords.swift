import Classification

/// Splits a command into words as a shell does, without a shell: quotes and backslashes count, and nothing is expanded.
///
/// | written | means |
/// |---|---|
/// | `'…'` | all of it, as it is |
/// | `"…"` | all of it; `\"`, `\\`, `` \` `` and `\$` are the second character, `\` before a line feed nothing |
/// | `\x` | `x`; `\` before a line feed is nothing |
/// | blanks, tabs, line feeds | the end of a word |
///
/// `*`, `~`, `$`, `#` and the like have no meaning of their own; words that begin or end with `|`, `&` or `;` or begin
/// with a redirection, as `a;` and `2>/dev/null`, are for a shell, and refused but where those are quoted.
package enum CommandWords {
  /// The words of a command.
  ///
  /// - Throws: ``PluginError`` with code `invalidCommand` where a quote or a backslash is left open, where a word is for
  ///   a shell, and where there is no word.
  /// - Complexity: O(*n*) in the length of the command.
  package static func split(_ command: String) throws(PluginError) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    // '' is a word, too.
    var isOpen = false
    // The word with a letter for each part that is quoted.
    var outline = ""
    var rest = command.unicodeScalars[...]
    func open(_ what: String, _ missing: String) -> PluginError {
      PluginError(
        .invalidCommand, "the command \(TextExcerpt(of: command, limit: 80)) \(what)",
        help: "\(missing); it is read as a shell reads quotes, and nothing in it is expanded")
    }
    func close() throws(PluginError) {
      guard isOpen else { return }
      let text = String(word)
      if isForShell(outline) {
        throw PluginError(
          .invalidCommand,
          "the command \(TextExcerpt(of: command, limit: 80)) has the word \(text), which is for a shell",
          help:
            "there is none: write --program \"sh -c '…'\", or '\(text)' in quotes for the word itself"
        )
      }
      words.append(text)
      word.removeAll()
      outline.removeAll()
      isOpen = false
    }
    while let scalar = rest.popFirst() {
      switch scalar {
      case " ", "\t", "\n": try close()
      case "'":
        guard let end = rest.firstIndex(of: "'") else {
          throw open(
            "has a ' without a second one", "close the quote, or write \\' for an apostrophe")
        }
        word += rest[..<end]
        outline.append("q")
        isOpen = true
        rest = rest[rest.index(after: end)...]
      case "\"":
        guard let text = quoted(&rest) else {
          throw open(
            "has a \" without a second one", "close the quote, or write \\\" for the character")
        }
        word += text
        outline.append("q")
        isOpen = true
      case "\\":
        guard let next = rest.popFirst() else {
          throw open("ends with a backslash", "write two of them for the character")
        }
        if next != "\n" {
          word.append(next)
          outline.append("q")
          isOpen = true
        }
      case "\0":
        throw open("holds U+0000", "leave it out")
      default:
        word.append(scalar)
        outline.unicodeScalars.append(scalar)
        isOpen = true
      }
    }
    try close()
    guard let first = words.first, !first.isEmpty else {
      throw PluginError(
        .invalidCommand, "the command \(TextExcerpt(of: command)) names no program",
        help: "name a program and its arguments, as --program 'python3 classify.py'")
    }
    return words
  }

  private static func isForShell(_ outline: String) -> Bool {
    let joining: Set<Character> = ["|", "&", ";"]
    let redirection = outline.drop { $0.isASCII && $0.isNumber }.first
    return redirection == "<" || redirection == ">"
      || [outline.first, outline.last].contains { $0.map(joining.contains) ?? false }
  }

  /// What stands before the second double quote, which is taken too; nil where there is none.
  private static func quoted(
    _ rest: inout Substring.UnicodeScalarView
  ) -> String.UnicodeScalarView? {
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return text
      case "\0": return nil
      case "\\":
        guard let next = rest.popFirst() else { return nil }
        switch next {
        case "\n": break
        case "\"", "\\", "`", "$": text.append(next)
        default: text += [scalar, next]
        }
      default: text.append(scalar)
      }
    }
    return nil
  }
}

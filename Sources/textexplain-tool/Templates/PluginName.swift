/// The name of a new plugin, in the spellings that files, identifiers and types need.
struct PluginName {
  /// As given: `my-plugin`.
  let text: String

  /// Accepts small letters, digits and single hyphens inside, from a letter on, up to 40.
  init(checking text: String) throws {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
    guard isPlain, text.utf8.count <= 40, text.first?.isLetter == true else {
      throw Failure(
        .usage, code: "invalid-plugin-name", "\"\(text)\" cannot be the name of a plugin",
        help: "use up to 40 letters a-z and digits, from a letter on, with single hyphens between: "
          + "my-plugin")
    }
    self.text = text
  }

  /// `my_plugin`.
  var identifier: String { text.replacing("-", with: "_") }

  /// `MyPlugin`.
  var typeName: String {
    text.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

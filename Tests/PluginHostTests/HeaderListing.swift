import _TestSupport

/// What a version of `textexplain_plugin.h` declares, as text without comments and with single blanks.
struct HeaderListing {
  /// Fields of a struct or constants of an enumeration, in order.
  struct Block {
    let name: String
    let entries: [String]
    /// Whether it may never grow: structs without a size, and tables of extensions.
    let isFrozen: Bool
  }

  private var blocks: [Block] = []
  /// Macros, plain type definitions and functions.
  private var single: [String] = []

  /// Reads a header.
  init(_ header: String) throws {
    var text = header.replacing(/\/\*[\s\S]*?\*\//, with: " ")
    for match in text.matches(of: /#define (TX_\w+)([^\n]*)/) {
      single.append(Self.plain("\(match.output.1)\(match.output.2)"))
    }
    text = text.replacing(/(^|\n) *#[^\n]*/, with: "\n").replacing("extern \"C\" {", with: "")
    for match in text.matches(of: /struct (\w+) \{([^}]*)\}/) {
      let entries = match.output.2.split(separator: ";").map(Self.plain).filter { !$0.isEmpty }
      let name = String(match.output.1)
      blocks.append(
        Block(
          name: name, entries: entries,
          isFrozen: entries.first != "uint32_t size" || name.hasPrefix("tx_ext_")))
    }
    for match in text.matches(of: /enum \{([^}]*)\}/) {
      let entries = match.output.1.split(separator: ",").map(Self.plain).filter { !$0.isEmpty }
      for entry in entries where !entry.contains("=") {
        throw TestFailure("\(entry) has no value of its own")
      }
      blocks.append(Block(name: "enum of \(entries[0])", entries: entries, isFrozen: false))
    }
    text = text.replacing(/\{[^}]*\}/, with: "")
    single += text.split(separator: ";").map(Self.plain).filter { !$0.isEmpty }
  }

  private static func plain(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What keeps `newer` from being this header with something appended.
  func breaches(in newer: HeaderListing) -> [String] {
    var breaches: [String] = []
    for block in blocks {
      guard let now = newer.blocks.first(where: { $0.name == block.name }) else {
        breaches.append("\(block.name) is gone")
        continue
      }
      let kept = Array(now.entries.prefix(block.entries.count))
      if kept != block.entries { breaches.append("\(block.name) is changed") }
      if block.isFrozen, now.entries.count > block.entries.count {
        breaches.append("\(block.name) has grown")
      }
    }
    for line in single where !newer.single.contains(line) {
      if !line.hasPrefix("TX_ABI_MINOR ") { breaches.append("\(line) is gone") }
    }
    return breaches
  }

  /// How much is listed.
  var count: Int { blocks.reduce(single.count) { $0 + $1.entries.count } }
}

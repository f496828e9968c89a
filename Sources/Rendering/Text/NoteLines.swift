import ExplanationModel

/// The diagnostics with their help, each once however many explanations state it.
struct NoteLines {
  private let diagnostics: [Diagnostic]

  init(_ document: ExplanationDocument) {
    diagnostics = document.explanations.flatMap(\.diagnostics)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  func lines(width: Int) -> [[Glyph]] {
    diagnostics.flatMap {
      Self.lines("note: ", $0.message, width: width) + Self.lines("help: ", $0.help, width: width)
    }
  }

  private static func lines(_ label: String, _ text: String, width: Int) -> [[Glyph]] {
    guard !text.isEmpty else { return [] }
    return [Glyph](text).wrapped(width: width - label.count).enumerated().map { index, line in
      (index == 0 ? [Glyph](label, style: .bold) : .spaces(label.count)) + line.isolated
    }
  }
}

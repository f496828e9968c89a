import ExplanationModel

/// The diagnostics with their help, each once however many explanations state it.
struct NoteLines {
  private let diagnostics: [Diagnostic]

  init(_ document: ExplanationDocument) {
    diagnostics = document.explanations.flatMap(\.diagnostics)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  func lines(width: Int) -> [[Glyph]] {
    let label = "note: "
    return diagnostics.flatMap { diagnostic in
      let message = [Glyph](diagnostic.message).wrapped(width: width - label.count)
      let help = [Glyph](diagnostic.help, style: .dim).wrapped(width: width - label.count)
      return (message + (diagnostic.help.isEmpty ? [] : help)).enumerated().map { index, line in
        (index == 0 ? [Glyph](label, style: .bold) : .spaces(label.count)) + line.isolated
      }
    }
  }
}

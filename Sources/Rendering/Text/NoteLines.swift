import ExplanationModel

/// The diagnostics with their help, each once however many explanations state it, and of which labels where not of all.
struct NoteLines {
  /// So many labels are named.
  private static let mostNamed = 3

  private let labelCount: Int
  private var notes: [(diagnostic: Diagnostic, labels: [String])] = []

  init(_ groups: [LabelExplanations]) {
    labelCount = groups.count
    for group in groups {
      let own = group.all.flatMap(\.diagnostics)
        .reduce(into: [Diagnostic]()) { if !$0.contains($1) { $0.append($1) } }
      for diagnostic in own {
        if let index = notes.firstIndex(where: { $0.diagnostic == diagnostic }) {
          notes[index].labels.append(group.first.label)
        } else {
          notes.append((diagnostic, [group.first.label]))
        }
      }
    }
  }

  func lines(width: Int) -> [[Glyph]] {
    notes.flatMap { diagnostic, labels in
      Self.lines("note: ", whose(labels) + diagnostic.message, width: width)
        + Self.lines("help: ", diagnostic.help, width: width)
    }
  }

  private func whose(_ labels: [String]) -> String {
    if labels.count == labelCount { return "" }
    if labels.count > Self.mostNamed { return "of \(labels.count) of \(labelCount) labels: " }
    return "of " + labels.map { "\"\($0)\"" }.joined(separator: ", ") + ": "
  }

  private static func lines(_ label: String, _ text: String, width: Int) -> [[Glyph]] {
    guard !text.isEmpty else { return [] }
    return [Glyph](text).wrapped(width: width - label.count).enumerated().map { index, line in
      (index == 0 ? [Glyph](label, style: .bold) : .spaces(label.count)) + line.isolated
    }
  }
}

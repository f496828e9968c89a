import ExplanationModel

/// Which words decide: sentences on the sets whose absence changes the label, each said once.
struct FlipLines {
  private let sentences: [String]

  /// So many words of a set are shown.
  private static let mostWords = 8

  init(_ group: LabelExplanations) {
    let flips = group.all.compactMap { explanation in
      explanation.checks?.flip.map { (explanation, Self.sentence($0, explanation)) }
    }
    let differ = Set(flips.map(\.1)).count > 1
    var sentences: [String] = []
    for (explanation, sentence) in flips {
      let line = differ ? "\(explanation.title): \(sentence)" : sentence
      if !sentences.contains(line) { sentences.append(line) }
    }
    self.sentences = sentences
  }

  func lines(width: Int) -> [[Glyph]] {
    // What goes on is indented where another sentence may follow.
    let indent = sentences.count > 1 ? 2 : 0
    return sentences.flatMap { sentence in
      [Glyph](sentence).wrapped(width: width - indent).enumerated().map { index, line in
        (index == 0 ? [] : .spaces(indent)) + line.isolated
      }
    }
  }

  private static func sentence(_ flip: Checks.Flip, _ explanation: Explanation) -> String {
    let label = explanation.label
    let texts = flip.texts ?? []
    let effect =
      flip.label.map { "the label is \"\($0)\"" } ?? "the decision on \"\(label)\" changes"
    switch flip.outcome {
    case .impossible: return "no words that are taken out change the decision on \"\(label)\""
    case .notFound:
      return "no words were found that, taken out, change the decision on \"\(label)\""
    case .smallest, .irreducible:
      let names = PlayerNames(explanation)
      let suffixes = (flip.players ?? []).map(names.suffix)
      let quoted = texts.enumerated().map { index, text in
        "\"\(text)\"" + (suffixes.indices.contains(index) ? suffixes[index] : "")
      }
      let start = "without \(list(quoted)) \(effect)"
      if texts.count == 1 { return start }
      return start
        + (flip.outcome == .smallest
          ? "; fewer words do not change it" : "; with any one of them back it is as before")
    }
  }

  private static func list(_ names: [String]) -> String {
    let quoted = names.prefix(mostWords)
    let rest = names.count - quoted.count
    if rest > 0 { return quoted.joined(separator: ", ") + " and \(rest) more" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }
}

import ExplanationModel

/// Which words decide: sentences on the sets whose absence changes the label, each said once.
struct FlipLines {
  private let sentences: [[Glyph]]

  /// So many words of a set are shown.
  private static let mostWords = 8

  init(_ group: LabelExplanations) {
    let flips = group.all.compactMap { explanation in
      explanation.checks?.flip.map { (explanation, Self.sentence($0, explanation)) }
    }
    let differ = Set(flips.map { $0.1.plain }).count > 1
    var sentences: [[Glyph]] = []
    for (explanation, sentence) in flips {
      let line = differ ? [Glyph]("\(explanation.title): ") + sentence : sentence
      if !sentences.contains(where: { $0.plain == line.plain }) { sentences.append(line) }
    }
    self.sentences = sentences
  }

  func lines(width: Int) -> [[Glyph]] {
    // What goes on is indented where another sentence may follow.
    let indent = sentences.count > 1 ? 2 : 0
    return sentences.flatMap { sentence in
      sentence.wrapped(width: width - indent).enumerated().map { index, line in
        (index == 0 ? [] : .spaces(indent)) + line
      }
    }
  }

  private static func sentence(_ flip: Checks.Flip, _ explanation: Explanation) -> [Glyph] {
    let texts = flip.texts ?? []
    let label = quoted(explanation.label)
    let effect =
      flip.label.map { [Glyph](" the label is ") + quoted($0) }
      ?? flip.tied.map { [Glyph](" the highest score is shared by ") + list($0.map { quoted($0) }) }
      ?? [Glyph](" the decision on ") + label + [Glyph](" changes")
    switch flip.outcome {
    case .impossible:
      return [Glyph]("no words that are taken out change the decision on ") + label
    case .notFound:
      return [Glyph]("no words were found that, taken out, change the decision on ") + label
    case .smallest, .irreducible:
      let names = PlayerNames(explanation)
      let players = (flip.players ?? []).map(names.suffix)
      let shown = texts.enumerated().map { index, text in
        quoted(text, suffix: players.indices.contains(index) ? players[index] : [])
      }
      let start = [Glyph]("without ") + list(shown) + effect
      if texts.count == 1 { return start }
      return start
        + [Glyph](
          flip.outcome == .smallest
            ? "; fewer words do not change it" : "; with any one of them back it is as before")
    }
  }

  private static func quoted(_ text: String, suffix: [Glyph] = []) -> [Glyph] {
    ([Glyph]("\"\(text)\"") + suffix).isolated
  }

  private static func list(_ names: [[Glyph]]) -> [Glyph] {
    let shown = names.prefix(mostWords)
    let rest = names.count - shown.count
    let last = rest > 0 ? [Glyph]("\(rest) more") : shown.last ?? []
    let others = rest > 0 ? shown : shown.dropLast()
    guard let first = others.first else { return last }
    return others.dropFirst().reduce(first) { $0 + [Glyph](", ") + $1 } + [Glyph](" and ") + last
  }
}

extension [Glyph] {
  fileprivate var plain: String { encoded(isColoured: false) }
}

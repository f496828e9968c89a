import ExplanationModel

/// The explanations of one label, one a method; never empty.
package struct LabelExplanations {
  let first: Explanation
  private(set) var others: [Explanation] = []

  var all: [Explanation] { [first] + others }

  /// The document's explanations by label, in the order in which the labels come up.
  package static func groups(of document: ExplanationDocument) -> [LabelExplanations] {
    var groups: [LabelExplanations] = []
    for explanation in document.explanations {
      if let group = groups.firstIndex(where: { $0.first.labelIndex == explanation.labelIndex }) {
        groups[group].others.append(explanation)
      } else {
        groups.append(LabelExplanations(first: explanation))
      }
    }
    return groups
  }

  /// The largest magnitude among the first explanation's attributions.
  ///
  /// - Complexity: O(*n*) in the players.
  var strongest: Double { first.attributions.reduce(0) { max($0, $1.value.magnitude) } }

  /// A line that opens this label's part of a document with several.
  func rule(_ prediction: Prediction, width: Int) -> [Glyph] {
    var score: [Glyph] = []
    if prediction.scores.indices.contains(first.labelIndex) {
      score = [.space] + [Glyph](prediction.text(score: first.labelIndex))
    }
    let name = [Glyph](first.label, style: .bold).shortened(to: width - 6 - score.width)
    let title = [Glyph]("── ", style: .dim) + name.isolated + score + [.space]
    return title + [Glyph](String(repeating: "─", count: max(0, width - title.width)), style: .dim)
  }
}

public import ExplanationModel

/// Renders documents for a terminal: the answer, the text with its words tinted, a table of the attributions, the line
/// that adds them up, the checks where there are any, and notes.
///
///     let renderer = TextRenderer(width: 64, top: 2)
///     print(renderer.render(document), terminator: "")
///     //  positive 0.87  negative 0.13                    sentiment 1.0.0
///     //
///     //  I [-didn't-] love this movie, but the acting was [+great+], and
///     //  so was the music!
///     //
///     //  why "positive"  Shapley                        LIME
///     //  great           +0.31    ████████████████████  +0.29
///     //  didn't          −0.22    ██████████████▏       −0.20
///     //  … 13 more within ±0.10
///     //
///     //  0.504 (no words) + 0.364 = 0.868   exact, 32768 evaluations
///     //  LIME fit 0.94 (R²), agrees: τ 0.82
///
/// The first explanation of a label tints the text and orders the table. With colour, words for the label are blue and
/// words against it orange and underlined; without colour, those with at least a third of the largest attribution
/// stand in `[+…+]` and `[-…-]`.
///
/// Nothing in the text, the labels or the plugin's name can command the terminal: see ``visibleCharacters(_:)``.
public struct TextRenderer: Sendable {
  /// The columns that a line may take.
  public var width: Int
  /// Whether to send control sequences for colours and bold letters.
  public var isColoured: Bool
  /// The most rows of a table.
  public var top: Int

  /// Makes a renderer; a `width` below 20 is taken as 20.
  public init(width: Int = 80, isColoured: Bool = false, top: Int = 10) {
    self.width = max(20, width)
    self.isColoured = isColoured
    self.top = top
  }

  /// The document as lines of at most ``width`` columns, each with its line feed.
  ///
  /// - Precondition: All numbers in it are finite.
  /// - Complexity: O(*n*) in the bytes of the text for each label that is explained.
  public func render(_ document: ExplanationDocument) -> String {
    // One column of margin on the left.
    let width = width - 1
    let groups = LabelExplanations.groups(of: document)
    var blocks = [PredictionLines(document).lines(width: width)]
    for group in groups {
      if groups.count > 1 { blocks.append([group.rule(document.prediction, width: width)]) }
      let text = HighlightedText(document, group, hasMarks: !isColoured)
      blocks.append(text.lines(width: width))
      blocks.append(AttributionTable(group, top: top).lines(width: width))
      blocks.append(SentenceLines(document, group, top: top).lines(width: width))
      blocks.append(InteractionLines(group).lines(width: width))
      blocks.append(
        SummaryLines(group, agreement: groups.count == 1 ? document.agreement : nil)
          .lines(width: width))
      blocks.append(ChecksTable(group).lines(width: width))
      blocks.append(FlipLines(group).lines(width: width))
    }
    if groups.isEmpty {
      blocks.append(HighlightedText(document, nil, hasMarks: false).lines(width: width))
    }
    blocks.append(NoteLines(groups).lines(width: width))
    return blocks.filter { !$0.isEmpty }
      .map { block in
        block.map { $0.isEmpty ? "\n" : " \($0.encoded(isColoured: isColoured))\n" }.joined()
      }
      .joined(separator: "\n")
  }
}

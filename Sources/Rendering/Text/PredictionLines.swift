import ExplanationModel

/// The labels with their scores and, on the right, the plugin or the program.
struct PredictionLines {
  /// The most labels that are shown.
  private static let limit = 5

  private let prediction: Prediction
  private let order: [Int]
  private let classifier: String?

  init(_ document: ExplanationDocument) {
    let prediction = document.prediction
    self.prediction = prediction
    classifier =
      document.plugin.map { "\($0.name) \($0.version)" } ?? document.program?.name
    let scores = prediction.scores
    var order = scores.indices.filter { prediction.labels.indices.contains($0) }
      .sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
    // The label that is explained leads, if it is one alone; else the predicted one.
    let explained = document.explanations.map(\.labelIndex)
    if let lead = explained.first, explained.allSatisfy({ $0 == lead }),
      let position = order.firstIndex(of: lead)
    {
      order.insert(order.remove(at: position), at: 0)
    }
    self.order = order
  }

  func lines(width: Int) -> [[Glyph]] {
    var shown = Array(order.prefix(Self.limit))
    // Of many labels, those that score nothing are left out.
    while order.count > Self.limit, shown.count > 2, let last = shown.last,
      prediction.reads(scoreAsZero: last)
    {
      shown.removeLast()
    }
    var items = shown.map { index in
      let score = [Glyph](prediction.text(score: index))
      let name = [Glyph](prediction.labels[index]).shortened(to: width - 1 - score.width)
      return (name.isolated + [.space] + score).styled(index == shown.first ? .bold : .plain)
    }
    if order.count > shown.count {
      items.append([Glyph]("… \(order.count - shown.count) more", style: .dim))
    }
    var lines = [Glyph].flow(items, gap: 2, width: width)
    guard let classifier else { return lines }
    let name = [Glyph](classifier, style: .dim)
    if lines.count == 1, lines[0].width + 4 + name.width <= width {
      lines[0] += .spaces(width - lines[0].width - name.width) + name.isolated
    } else {
      lines += name.wrapped(width: width).map(\.isolated)
    }
    return lines
  }
}

extension Prediction {
  /// All scores are written alike.
  private var format: NumberFormat {
    NumberFormat(scale: scores.reduce(0) { max($0, $1.magnitude) })
  }

  fileprivate func reads(scoreAsZero index: Int) -> Bool { format.isZero(scores[index]) }

  /// A score in digits; a positive one that rounds to zero is less than the smallest that does not.
  func text(score index: Int) -> String {
    let score = scores[index]
    guard score > 0, format.isZero(score) else { return format.format(score) }
    return "<" + format.format(score, rounding: .up)
  }
}

extension [Glyph] {
  func styled(_ style: Style) -> [Glyph] {
    map { glyph in
      var glyph = glyph
      glyph.style = style
      return glyph
    }
  }
}

import ExplanationModel

/// The labels with their scores and, on the right, the plugin.
struct PredictionLines {
  /// The most labels that are shown.
  private static let limit = 5

  private let prediction: Prediction
  private let order: [Int]
  private let plugin: PluginIdentity?

  init(_ document: ExplanationDocument) {
    let prediction = document.prediction
    self.prediction = prediction
    plugin = document.plugin
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
    let shown = order.prefix(Self.limit)
    let scale = shown.reduce(0) { max($0, prediction.scores[$1].magnitude) }
    let format = NumberFormat(scale: scale)
    var items = shown.map { index in
      let score = [Glyph](text(prediction.scores[index], format))
      let name = [Glyph](prediction.labels[index]).shortened(to: width - 1 - score.width)
      return (name.isolated + [.space] + score).styled(index == shown.first ? .bold : .plain)
    }
    if order.count > shown.count {
      items.append([Glyph]("… \(order.count - shown.count) more", style: .dim))
    }
    var lines = [Glyph].flow(items, gap: 2, width: width)
    guard let plugin else { return lines }
    let name = [Glyph]("\(plugin.name) \(plugin.version)", style: .dim).isolated
    if lines.count == 1, lines[0].width + 4 + name.width <= width {
      lines[0] += .spaces(width - lines[0].width - name.width) + name
    } else {
      lines += name.wrapped(width: width)
    }
    return lines
  }

  /// A positive score never reads as nothing.
  private func text(_ score: Double, _ format: NumberFormat) -> String {
    guard score > 0, let decimals = format.decimals, format.format(score) == format.format(0) else {
      return format.format(score)
    }
    return "<" + format.format(score, rounding: .up).prefix(decimals + 2)
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

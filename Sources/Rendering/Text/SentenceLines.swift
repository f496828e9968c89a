import ExplanationModel

/// What the sentences of a long text do, each with the beginning of its text: the sums of their words' Owen values,
/// which are the sentences' Shapley values.
struct SentenceLines {
  private let rows: [(text: [Glyph], value: Double)]
  /// How many sentences have no row, and the largest magnitude among them.
  private let rest: (count: Int, largest: Double)
  private let format: NumberFormat

  init(_ document: ExplanationDocument, _ group: LabelExplanations, top: Int) {
    let owen = group.all.first { $0.shapley?.sentences != nil }
    let players = owen?.attributions ?? []
    let sentences = (owen?.shapley?.sentences ?? [])
      .filter { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= players.count }
      .map { players[$0] }
    let values = sentences.map { $0.reduce(0) { $0 + $1.value } }
    let order = values.indices.sorted {
      let (left, right) = (values[$0].magnitude, values[$1].magnitude)
      return left != right ? left > right : $0 < $1
    }
    let largest = order.first.map { values[$0].magnitude } ?? 0
    let format = NumberFormat(scale: largest)
    // A single sentence, or zeros, say nothing.
    let shown = order.count > 1 && largest > 0 ? order : []
    let kept = shown.prefix(max(0, top)).prefix { !format.isZero(values[$0]) }
    let bytes = Array(document.text.utf8)
    rows = kept.map { (Self.excerpt(sentences[$0], document.tokens, bytes), values[$0]) }
    rest = (
      shown.count - kept.count, shown.dropFirst(kept.count).first.map { values[$0].magnitude } ?? 0
    )
    self.format = format
  }

  func lines(width: Int) -> [[Glyph]] {
    guard !rows.isEmpty else { return [] }
    let heading = [Glyph]("sentences", style: .bold)
    let numbers = rows.map { format.format($0.value, signed: true) }
    let widest = numbers.reduce(0) { max($0, $1.count) }
    let column = min(
      rows.reduce(heading.width) { max($0, $1.text.width) }, max(1, width - 2 - widest))
    var lines = [heading]
    for (row, number) in zip(rows, numbers) {
      let text = row.text.shortened(to: column).isolated.padded(to: column)
      lines.append(text + .spaces(2 + widest - number.count) + [Glyph](number))
    }
    if rest.count > 0 {
      let bound = format.format(rest.largest, rounding: .up)
      let text = "… \(rest.count) more " + (rest.largest == 0 ? "at 0" : "within ±\(bound)")
      lines += [Glyph](text, style: .dim).wrapped(width: width)
    }
    return lines
  }

  /// The text from the first to the last of the players, on one line.
  ///
  /// Of a player that occurs more than once the first occurrence counts.
  private static func excerpt(
    _ players: ArraySlice<Attribution>, _ tokens: [Token], _ bytes: [UInt8]
  ) -> [Glyph] {
    let places = players.compactMap { player in
      player.tokens.first.flatMap { tokens.indices.contains($0) ? tokens[$0].utf8 : nil }
    }
    guard let first = places.first?.lowerBound, let last = places.last?.upperBound,
      first <= last, first >= 0, last <= bytes.count
    else { return [] }
    let text = String(decoding: bytes[first..<last], as: UTF8.self)
    return [Glyph](text.split(whereSeparator: \.isLineBreak).joined(separator: " "))
  }
}

import ExplanationModel

/// How faithful the explanations of a label are: a row a check, a column a method, numbers aligned at their points, and
/// what is good.
///
/// Where the width does not suffice, what is good moves from its column into a line below; then the names get short; then
/// each stands on a line above its numbers; only then the columns of the other methods go.
struct ChecksTable {
  private let rows: [Row]
  private let columns: [ChecksColumn]

  private struct Row {
    let name: String
    let shortName: String
    let good: CheckName.Direction?
    /// One a method, empty where it has none.
    let cells: [String]
  }

  init(_ group: LabelExplanations) {
    let explanations = group.all.filter { $0.checks != nil }
    let alternative = explanations.first?.checks?.removalAlternative ?? ""
    let format = ChecksFormat(explanations)
    func row(_ check: CheckName, _ name: String, _ shortName: String) -> Row {
      let cells = explanations.map { explanation in
        // With itself leave-one-out agrees.
        if check == .leaveOneOutTau, explanation.detail == .leaveOneOut { return "" }
        return explanation.number(check).map { format.text($0, of: check) } ?? ""
      }
      return Row(name: name, shortName: shortName, good: check.goodDirection, cells: cells)
    }
    let evaluations = Row(
      name: "evaluations", shortName: "evaluations", good: nil,
      cells: explanations.map { "\($0.checks?.evaluations.distinct ?? 0)" })
    let rows =
      [
        row(.comprehensiveness, "lost without the top words", "top words taken out"),
        row(.sufficiency, "lost with the top words alone", "top words alone"),
        row(.normalizedAOPC, "order, from 0 (worst) to 1 (best)", "order (1 is best)"),
        row(.leaveOneOutTau, "ranks like leave-one-out (τ)", "like leave-one-out"),
        row(.heldOutR2, "predicts other sets of words (R²)", "other word sets, R²"),
        row(
          .removalTau, "ranks alike under --absent \(alternative) (τ)", "under \(alternative), τ"),
        evaluations,
      ].filter { $0.cells.contains { !$0.isEmpty } }
    self.rows = rows
    columns = explanations.indices.map { index in
      ChecksColumn(title: explanations[index].title, cells: rows.map { $0.cells[index] })
    }
  }

  func lines(width: Int) -> [[Glyph]] {
    guard !columns.isEmpty else { return [] }
    func widest(_ name: (Row) -> String) -> Int {
      rows.reduce(Self.title.count) { max($0, [Glyph](name($1)).width) }
    }
    let (full, short) = (widest(\.name), widest(\.shortName))
    let room = columns.reduce(width) { $0 - 2 - $1.width }
    if full + 2 + Self.good.count <= room {
      return table(columns, names: rows.map(\.name), width: full, showsGood: true)
    }
    if full <= room {
      return table(columns, names: rows.map(\.name), width: full) + legend(\.name, width: width)
    }
    if short <= room {
      return table(columns, names: rows.map(\.shortName), width: short)
        + legend(\.shortName, width: width)
    }
    return stacked(width: width) + legend(\.name, width: width)
  }

  private static let title = "checks"
  private static let good = "good is"

  private func table(
    _ columns: [ChecksColumn], names: [String], width: Int, showsGood: Bool = false
  ) -> [[Glyph]] {
    var heading = heading(columns, width: width)
    if showsGood { heading += .spaces(2) + [Glyph](Self.good, style: .dim) }
    return [heading]
      + zip(rows, names).map { row, name in
        var line = [Glyph](name).isolated.padded(to: width) + numbers(of: row, columns)
        if showsGood, let good = row.good { line += .spaces(2) + [Glyph](good.text, style: .dim) }
        return line.withoutTrailingSpaces
      }
  }

  /// Each name above its numbers.
  private func stacked(width: Int) -> [[Glyph]] {
    var shown = columns
    func room() -> Int { shown.reduce(width) { $0 - 2 - $1.width } }
    while shown.count > 1, room() < 0 { shown.removeLast() }
    let indent = min(Self.title.count, max(0, room()))
    return [heading(shown, width: indent)]
      + rows.flatMap { row in
        [Glyph](row.name).wrapped(width: width).map(\.isolated)
          + [(.spaces(indent) + numbers(of: row, shown)).withoutTrailingSpaces]
      }
  }

  private func heading(_ columns: [ChecksColumn], width: Int) -> [Glyph] {
    columns.reduce([Glyph](Self.title, style: .bold).shortened(to: width).padded(to: width)) {
      $0 + .spaces(2 + $1.width - $1.title.count) + [Glyph]($1.title, style: .dim)
    }
  }

  private func numbers(of row: Row, _ columns: [ChecksColumn]) -> [Glyph] {
    zip(row.cells, columns).reduce([]) { $0 + .spaces(2) + [Glyph]($1.1.aligned($1.0)) }
  }

  /// `high is good, low for "…"`: what the column says where it fits.
  private func legend(_ name: (Row) -> String, width: Int) -> [[Glyph]] {
    let low = rows.filter { $0.good == .low }.map { "\"\(name($0))\"" }
    var text = "high is good"
    if !low.isEmpty { text += ", low for \(low.joined(separator: " and "))" }
    return [Glyph](text, style: .dim).wrapped(width: width).map(\.isolated)
  }
}

extension CheckName.Direction {
  fileprivate var text: String {
    switch self {
    case .high: "high"
    case .low: "low"
    }
  }
}

import ExplanationModel

/// How faithful the explanations of a label are: a row a check, a column a method, and what is good.
///
/// Where the width does not suffice the names get short and what is good goes, then the columns of the other methods.
struct ChecksTable {
  private let explanations: [Explanation]
  private let rows: [Row]

  fileprivate struct Row {
    let name: String
    let shortName: String
    let good: String
    /// One a method, empty where it has none.
    let cells: [String]
  }

  init(_ group: LabelExplanations) {
    let explanations = group.all.filter { $0.checks != nil }
    let alternative = explanations.first?.checks?.removalAlternative ?? ""
    self.explanations = explanations
    rows =
      [
        explanations.loss("lost without the top words", "top gone", "high", \.comprehensiveness),
        explanations.loss("lost with the top words alone", "top alone", "low", \.sufficiency),
        explanations.score("order, from 0 (worst) to 1 (best)", "order", "high") {
          $0.checks?.normalizedAOPC
        },
        explanations.score("ranks like leave-one-out (τ)", "leave-one-out", "high") {
          // With itself it agrees.
          $0.detail == .leaveOneOut ? nil : $0.checks?.leaveOneOutTau
        },
        explanations.score("predicts other sets of words (R²)", "other sets", "high") {
          $0.checks?.heldOutR2
        },
        explanations.score("ranks alike under --absent \(alternative) (τ)", alternative, "high") {
          $0.checks?.removalTau
        },
        Row(
          name: "evaluations", shortName: "evaluations", good: "",
          cells: explanations.map { "\($0.checks?.evaluations.distinct ?? 0)" }),
      ].filter { $0.cells.contains { !$0.isEmpty } }
  }

  func lines(width: Int) -> [[Glyph]] {
    guard !explanations.isEmpty else { return [] }
    let columns = explanations.indices.map { index in
      rows.reduce(explanations[index].title.count) { max($0, $1.cells[index].count) }
    }
    let good = "good is".count
    let widest = rows.reduce(0) { max($0, [Glyph]($1.name).width) }
    let all = columns.reduce(0) { $0 + 2 + $1 }
    if widest + all + 2 + good <= width {
      return table(name: widest, columns: columns, isWide: true)
    }
    var shown = columns
    func room() -> Int { shown.reduce(width) { $0 - 2 - $1 } }
    let shortest = rows.reduce(0) { max($0, [Glyph]($1.shortName).width) }
    while shown.count > 1, room() < min(shortest, 13) { shown.removeLast() }
    return table(name: max(1, min(shortest, room())), columns: shown, isWide: false)
  }

  private func table(name: Int, columns: [Int], isWide: Bool) -> [[Glyph]] {
    var heading = [Glyph]("checks", style: .bold).shortened(to: name).padded(to: name)
    for (explanation, column) in zip(explanations, columns) {
      heading += .spaces(2 + column - explanation.title.count)
      heading += [Glyph](explanation.title, style: .dim)
    }
    if isWide { heading += .spaces(2) + [Glyph]("good is", style: .dim) }
    return [heading]
      + rows.map { row in
        let title = [Glyph](isWide ? row.name : row.shortName).shortened(to: name).isolated
        var line = title.padded(to: name)
        for (cell, column) in zip(row.cells, columns) {
          line += .spaces(2 + column - cell.count) + [Glyph](cell)
        }
        if isWide { line += .spaces(2) + [Glyph](row.good, style: .dim) }
        return line.withoutTrailingSpaces
      }
  }
}

extension [Explanation] {
  /// A row of differences of the value.
  fileprivate func loss(
    _ name: String, _ shortName: String, _ good: String, _ value: (Checks) -> Double?
  ) -> ChecksTable.Row {
    let values = map { $0.checks.flatMap(value) }
    let format = NumberFormat(scale: values.reduce(0) { Swift.max($0, ($1 ?? 0).magnitude) })
    return ChecksTable.Row(
      name: name, shortName: shortName, good: good,
      cells: values.map { $0.map { format.format($0, signed: true) } ?? "" })
  }

  /// A row of numbers of which 1 is the largest.
  fileprivate func score(
    _ name: String, _ shortName: String, _ good: String, _ value: (Explanation) -> Double?
  ) -> ChecksTable.Row {
    ChecksTable.Row(
      name: name, shortName: shortName, good: good,
      cells: map {
        value($0).map { NumberFormat(scale: Swift.max(1, $0.magnitude)).format($0) } ?? ""
      })
  }
}

import ExplanationModel

extension Explanation {
  /// The method's name for people.
  var title: String {
    switch detail {
    case .shapley(let detail): detail.estimator == "owen" ? "Owen" : "Shapley"
    case .lime: "LIME"
    case .leaveOneOut: "leave-one-out"
    }
  }
}

/// One method's column: values aligned at their points, then `±` and the standard errors, then `×k`.
struct TableColumn {
  private let title: String
  private let valueWidth: Int
  private var errorWidth: Int
  private let countWidth: Int

  var width: Int { max(title.count, valueWidth + errorWidth + countWidth) }

  init(_ explanation: Explanation, cells: [TableCell?], format: NumberFormat) {
    title = explanation.title
    let cells = cells.compactMap(\.self)
    valueWidth = cells.reduce(0) { max($0, Self.value($1, format).count) }
    // Where all are 0 the values are exact.
    let hasErrors = cells.contains { ($0.standardError ?? 0) > 0 }
    errorWidth = hasErrors ? cells.reduce(0) { max($0, Self.error($1, format).count) } : 0
    countWidth = cells.reduce(0) { max($0, Self.count($1).count) }
  }

  var heading: [Glyph] { [Glyph](title, style: .dim).padded(to: width) }

  /// The column without its standard errors.
  var withoutErrors: TableColumn {
    var column = self
    column.errorWidth = 0
    return column
  }

  func glyphs(_ cell: TableCell?, format: NumberFormat) -> [Glyph] {
    guard let cell else { return .spaces(width) }
    let value = Self.value(cell, format)
    var glyphs = [Glyph].spaces(valueWidth - value.count) + [Glyph](value)
    if errorWidth > 0 {
      let error = Self.error(cell, format)
      glyphs += .spaces(errorWidth - error.count) + [Glyph](error, style: .dim)
    }
    return (glyphs + [Glyph](Self.count(cell), style: .dim)).padded(to: width)
  }

  private static func value(_ cell: TableCell, _ format: NumberFormat) -> String {
    format.format(cell.value, signed: true)
  }

  private static func error(_ cell: TableCell, _ format: NumberFormat) -> String {
    // What is above 0 is not shown as that.
    cell.standardError.map { error in
      " ±" + format.format(error, rounding: format.isZero(error) ? .up : .nearest)
    } ?? ""
  }

  private static func count(_ cell: TableCell) -> String {
    cell.count > 1 ? " ×\(cell.count)" : ""
  }
}

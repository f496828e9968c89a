import ExplanationModel

/// The strongest players with what every method gives them, the first method with bars.
///
/// Where the width does not suffice the bars go first, then the columns of the other methods, then the standard errors.
struct AttributionTable {
  private let group: LabelExplanations
  private let rows: [Row]
  private let columns: [TableColumn]
  private let format: NumberFormat
  /// How many players have no row, and the largest magnitude among them.
  private let rest: (count: Int, largest: Double)

  private struct Row {
    let player: Attribution
    /// One a column; nil where the method has no player there.
    let cells: [TableCell?]
  }

  init(_ group: LabelExplanations, top: Int) {
    self.group = group
    let players = group.first.attributions
    // What differs by rounding alone stays in the order of the text.
    let unit = max(group.strongest * 1e-12, .leastNonzeroMagnitude)
    let strengths = players.map { ($0.value.magnitude / unit).rounded() }
    let order = players.indices.sorted {
      strengths[$0] != strengths[$1] ? strengths[$0] > strengths[$1] : $0 < $1
    }
    let sources = group.all.map(TableCells.init)
    let all = order.map { index in
      Row(player: players[index], cells: sources.map { $0.cell(for: players[index].tokens) })
    }
    let candidates = all.prefix(max(0, top))
    let format = NumberFormat(of: (candidates.isEmpty ? all[...] : candidates).flatMap(\.cells))
    // A row of zeros says nothing.
    let rows = Array(
      candidates.prefix { row in row.cells.contains { $0.map { !format.isZero($0.value) } ?? false }
      })
    self.format = format
    self.rows = rows
    rest = (all.count - rows.count, all.dropFirst(rows.count).first?.player.value.magnitude ?? 0)
    columns = group.all.indices.map { index in
      TableColumn(group.all[index], cells: rows.map { $0.cells[index] }, format: format)
    }
  }

  func lines(width: Int) -> [[Glyph]] {
    guard group.strongest > 0 || !rows.isEmpty else { return [] }
    let playerNames = PlayerNames(group.first)
    let names = rows.map {
      [Glyph]($0.player.text) + playerNames.suffix(of: $0.player.player)
    }
    let widest = names.reduce(heading(width: width).width) { max($0, $1.width) }
    let layout = TableLayout(columns, player: widest, width: width)

    var heading = heading(width: layout.player).padded(to: layout.player)
    for (index, column) in layout.columns.enumerated() {
      heading += .spaces(2) + column.heading
      if index == 0, layout.bar > 0 { heading += .spaces(2 + layout.bar) }
    }
    var lines = [heading.withoutTrailingSpaces]
    let largest = rows.first?.player.value.magnitude ?? 0
    for (row, name) in zip(rows, names) {
      var line = name.shortened(to: layout.player).isolated.padded(to: layout.player)
      for (index, column) in layout.columns.enumerated() {
        line += .spaces(2) + column.glyphs(row.cells[index], format: format)
        if index == 0, layout.bar > 0 {
          let strength = largest > 0 ? row.player.value / largest : 0
          line += .spaces(2) + bar(strength, width: layout.bar).padded(to: layout.bar)
        }
      }
      lines.append(line.withoutTrailingSpaces)
    }
    if rest.count > 0 {
      let bound = format.format(rest.largest, rounding: .up)
      let text = "… \(rest.count) more " + (rest.largest == 0 ? "at 0" : "within ±\(bound)")
      lines += [Glyph](text, style: .dim).wrapped(width: width)
    }
    return lines
  }

  /// `why "label"`, with the space where it is not that of probabilities, the label cut so that it fits.
  private func heading(width: Int) -> [Glyph] {
    let space = group.first.space == "probability" ? "" : " (\(group.first.space))"
    let (before, after) = ([Glyph]("why \""), [Glyph]("\"" + space))
    let label = [Glyph](group.first.label).shortened(to: max(1, width - before.width - after.width))
    return (before + label.isolated + after).shortened(to: width).styled(.bold)
  }

  /// A bar in eighths of a column, never empty for a value that is not 0.
  private func bar(_ strength: Double, width: Int) -> [Glyph] {
    guard strength != 0 else { return [] }
    let eighths = max(1, Int((strength.magnitude * Double(width * 8)).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let text = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return [Glyph](text, style: Tint(strength: strength).bar)
  }
}

extension NumberFormat {
  /// The format of a table: by its largest value, with one decimal more where the largest standard error needs it to
  /// show a digit.
  fileprivate init(of cells: [TableCell?]) {
    let cells = cells.compactMap(\.self)
    self.init(scale: cells.reduce(0) { max($0, $1.value.magnitude) })
    let error = cells.reduce(0) { max($0, $1.standardError ?? 0) }
    guard let decimals, isZero(error) else { return }
    let finer = NumberFormat(decimals: decimals + 1)
    if !finer.isZero(error) { self = finer }
  }
}

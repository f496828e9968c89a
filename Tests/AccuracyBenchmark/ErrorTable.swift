/// The errors of all estimators at all budgets on some games.
struct ErrorTable {
  private let names: [String]
  private let own: Set<String>
  private let cells: [String: [Int: [Measurement]]]

  /// - Parameters:
  ///   - names: The estimators, in the order of the rows.
  ///   - own: Those of them that are ours.
  init(_ measurements: [Measurement], names: [String], own: Set<String>) {
    self.names = names
    self.own = own
    cells = Dictionary(grouping: measurements, by: \.estimator)
      .mapValues { Dictionary(grouping: $0, by: \.multiple) }
  }

  /// What is told of a cell; nil where too many of its runs gave no answer.
  func summary(_ name: String, _ multiple: Int) -> Summary? {
    let measurements = cells[name]?[multiple] ?? []
    let errors = measurements.compactMap(\.error)
    return Self.isEnough(errors.count, of: measurements.count) ? Summary(errors) : nil
  }

  /// Whether enough runs gave an answer: some, and nine in ten.
  static func isEnough(_ answered: Int, of runs: Int) -> Bool {
    answered > 0 && 10 * answered >= 9 * runs
  }

  /// The table, the smallest median of each column in bold.
  var text: String {
    var table = MarkdownTable(columns: [""] + Plan.multiples.map { "\($0)n" })
    let best = Plan.multiples.map { multiple in
      names.compactMap { summary($0, multiple)?.median }.min()
    }
    for name in names {
      let row = zip(Plan.multiples, best).map { multiple, best in
        guard let summary = summary(name, multiple) else { return "" }
        let median = brief(summary.median)
        return (summary.median == best ? "**\(median)**" : median)
          + " / \(brief(summary.mean)) / \(brief(summary.ninetieth))"
      }
      table.rows.append([label(name, isOwn: own.contains(name))] + row)
    }
    let reasons = reasons
    return table.text + (reasons.isEmpty ? "" : "\n\n" + reasons.joined(separator: "\n"))
  }

  /// Why runs gave no answer, a line for each estimator and reason, with the number of runs where it is not all.
  private var reasons: [String] {
    let all = cells.values.flatMap(\.values).map(\.count).max()
    return names.flatMap { name in
      var budgets: [String: [(multiple: Int, runs: String)]] = [:]
      for multiple in Plan.multiples {
        let measurements = cells[name]?[multiple] ?? []
        for (reason, runs) in Dictionary(grouping: measurements.compactMap(\.reason), by: \.self) {
          budgets[reason, default: []].append(
            (multiple, runs.count == all ? "" : " (\(runs.count) of \(measurements.count) runs)"))
        }
      }
      return budgets.sorted {
        ($0.value[0].multiple, $0.key) < ($1.value[0].multiple, $1.key)
      }.map { reason, at in
        "- \(name), \(at.map { "\($0.multiple)n\($0.runs)" }.joined(separator: ", ")): \(reason)."
      }
    }
  }
}

/// The name of an estimator in a first column.
func label(_ name: String, isOwn: Bool) -> String { isOwn ? "**textexplain \(name)**" : name }

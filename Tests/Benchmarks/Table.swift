import Foundation

/// A plain table on standard output.
struct Table {
  let title: String
  let columns: [String]
  var rows: [[String]] = []

  func print() {
    let all = [columns] + rows
    let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    Swift.print("\n\(title)")
    for row in all {
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }
      Swift.print("  " + cells.joined(separator: "   "))
    }
  }
}

/// A number with few digits.
func short(_ value: Double) -> String {
  value >= 100 ? String(Int(value.rounded())) : String(format: "%.3g", value)
}

/// The shortest of several runs, in seconds.
func best(of repetitions: Int, _ action: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<repetitions {
    let start = ContinuousClock.now
    try action()
    best = min(best, (ContinuousClock.now - start) / .seconds(1))
  }
  return best
}

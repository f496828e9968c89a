/// One method's column of checks: numbers aligned at their points, where whole numbers end.
struct ChecksColumn {
  let title: String
  private let integerWidth: Int
  private let fractionWidth: Int

  var width: Int { max(title.count, integerWidth + fractionWidth) }

  init(title: String, cells: [String]) {
    self.title = title
    integerWidth = cells.reduce(0) { max($0, $1.integerPart.count) }
    fractionWidth = cells.reduce(0) { max($0, $1.count - $1.integerPart.count) }
  }

  /// The number with blanks around it, as wide as the column.
  func aligned(_ cell: String) -> String {
    let integer = cell.integerPart.count
    let after = fractionWidth - (cell.count - integer)
    return String(repeating: " ", count: width - fractionWidth - integer) + cell
      + String(repeating: " ", count: after)
  }
}

extension String {
  /// What stands before the point.
  fileprivate var integerPart: Substring { prefix { $0 != "." } }
}

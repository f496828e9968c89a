/// A table in Markdown, the first column to the left and numbers to the right.
struct MarkdownTable {
  let columns: [String]
  var rows: [[String]] = []

  var text: String {
    let rule = columns.indices.map { $0 == 0 ? "---" : "---:" }
    return ([columns, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}

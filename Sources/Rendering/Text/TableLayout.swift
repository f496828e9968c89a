/// The widths of a table's parts for a width of the whole.
struct TableLayout {
  /// The columns that are shown.
  let columns: [TableColumn]
  /// The width of the players' column.
  let player: Int
  /// The width of the longest bar; 0 where there are none.
  let bar: Int

  private static let (shortestBar, longestBar) = (10, 20)

  /// Shows as much as fits while players, of which the widest takes `widest`, keep a readable width: all; no bars; fewer
  /// columns; no standard errors.
  init(_ columns: [TableColumn], player widest: Int, width: Int) {
    func room(beside columns: [TableColumn]) -> Int { columns.reduce(width) { $0 - 2 - $1.width } }

    let all = room(beside: columns) - 2
    if all - Self.shortestBar >= min(widest, 16) {
      self.columns = columns
      player = min(widest, all - Self.shortestBar)
      bar = min(Self.longestBar, all - player)
      return
    }
    var columns = columns
    while columns.count > 1, room(beside: columns) < min(widest, 12) { columns.removeLast() }
    if room(beside: columns) < min(widest, 8) { columns = columns.map(\.withoutErrors) }
    self.columns = columns
    player = max(1, min(widest, room(beside: columns)))
    bar = 0
  }
}

/// The widths of a table's parts for a width of the whole.
struct TableLayout {
  /// The columns that are shown.
  private(set) var columns: [TableColumn]
  /// The width of the players' column.
  private(set) var player: Int
  /// The width of the longest bar; 0 where there are none.
  private(set) var bar = 0

  /// Shows as much as fits while players keep a readable width: all; no bars; fewer columns; no standard errors.
  init(_ columns: [TableColumn], player widest: Int, width: Int) {
    self.columns = columns
    func room() -> Int { self.columns.reduce(width) { $0 - 2 - $1.width } }
    self.player = 0

    let (shortestBar, longestBar) = (10, 20)
    player = min(widest, room() - 2 - shortestBar)
    if player >= min(widest, 16) {
      bar = min(longestBar, room() - 2 - player)
      return
    }
    while room() < min(widest, 12), self.columns.count > 1 { self.columns.removeLast() }
    if room() < min(widest, 8) { self.columns = self.columns.map(\.withoutErrors) }
    player = max(1, min(widest, room()))
  }
}

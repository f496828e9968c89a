/// The rows of a batch that have still to be scored, handed out from first to last.
struct WorkQueue {
  /// Some rows for one call.
  struct Part: Equatable {
    let rows: Range<Int>
    /// Whether they were in a call that killed its worker.
    let isSuspect: Bool
  }

  private var next = 0
  private var end: Int
  /// Halves of parts that killed their worker, the first row last.
  private var suspects: [Range<Int>] = []

  init(rows: Int) { end = rows }

  var isEmpty: Bool { suspects.isEmpty && next == end }

  /// The number of rows never handed out.
  var freshCount: Int { end - next }

  /// The next rows: suspects as they were cut, fresh ones at most as many as given.
  mutating func take(atMost count: Int) -> Part? {
    if let rows = suspects.popLast() { return Part(rows: rows, isSuspect: true) }
    if next == end { return nil }
    let rows = next..<min(end, next + max(1, count))
    next = rows.upperBound
    return Part(rows: rows, isSuspect: false)
  }

  /// Puts back a part that failed, in halves.
  mutating func bisect(_ rows: Range<Int>) {
    let middle = rows.lowerBound + rows.count / 2
    suspects += [middle..<rows.upperBound, rows.lowerBound..<middle]
    suspects.sort { $0.lowerBound > $1.lowerBound }
  }

  /// Gives up everything behind a row.
  mutating func drop(after row: Int) {
    suspects.removeAll { $0.lowerBound > row }
    if next > row { end = next } else { end = max(next, min(end, row)) }
  }
}

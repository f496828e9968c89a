/// The rows of a batch that have still to be scored, handed out from first to last.
package struct WorkQueue {
  /// What a call is made for.
  package enum Purpose: Equatable {
    /// Its scores.
    case scores
    /// Its scores, although it may be what killed a worker.
    case suspectScores
    /// To learn whether the worker survives it; in this company the rows may score differently.
    case trial
    /// Its scores, once more in the company in which the worker did not survive it.
    case secondChance
  }

  /// Some rows for one call.
  package struct Part: Equatable {
    package let rows: Range<Int>
    package let purpose: Purpose
  }

  /// A call that failed, cut up to find the row that makes it fail.
  private struct Inquest {
    let rows: Range<Int>
    /// Trials not yet decided.
    var openTrials = 2
    var culprits: [Int] = []
  }

  private var next = 0
  private var end: Int
  /// Parts that have come back, the first row last.
  private var returned: [Part] = []
  private var inquests: [Inquest] = []
  private let allowsAnyCut: Bool

  /// - Parameter allowsAnyCut: whether the scores of rows are the same in all company.
  package init(rows: Int, allowsAnyCut: Bool) {
    end = rows
    self.allowsAnyCut = allowsAnyCut
  }

  /// Whether nothing is to be handed out.
  package var isEmpty: Bool { returned.isEmpty && next == end }

  /// The number of rows never handed out.
  package var freshCount: Int { end - next }

  /// The next rows: returned parts as they were cut, fresh ones at most as many as given.
  package mutating func take(atMost count: Int) -> Part? {
    if let part = returned.popLast() { return part }
    if next == end { return nil }
    let rows = next..<min(end, next + max(1, count))
    next = rows.upperBound
    return Part(rows: rows, purpose: .scores)
  }

  /// Puts back a part that nobody has tried.
  package mutating func putBack(_ part: Part) { add([part]) }

  /// Takes note that a call went well.
  package mutating func succeed(_ part: Part) {
    if part.purpose == .trial { close(part, culprit: nil) }
  }

  /// Takes note that a call failed.
  ///
  /// - Returns: the rows that cannot be scored, as this call has shown.
  package mutating func fail(_ part: Part) -> Range<Int>? {
    let rows = part.rows
    let middle = rows.lowerBound + rows.count / 2
    let halves = [rows.lowerBound..<middle, middle..<rows.upperBound]
    switch part.purpose {
    case .secondChance: return rows
    case .trial where rows.count == 1:
      close(part, culprit: rows.lowerBound)
      return rows
    case .trial:
      add(halves.map { Part(rows: $0, purpose: .trial) })
      if let index = inquest(of: part) { inquests[index].openTrials += 1 }
    case _ where rows.count == 1: return rows
    case .scores, .suspectScores:
      add(halves.map { Part(rows: $0, purpose: allowsAnyCut ? .suspectScores : .trial) })
      if !allowsAnyCut { inquests.append(Inquest(rows: rows)) }
    }
    return nil
  }

  /// Gives up everything behind a row.
  package mutating func drop(after row: Int) {
    returned.removeAll { $0.rows.lowerBound > row }
    inquests.removeAll { $0.rows.contains(row) || $0.rows.lowerBound > row }
    if next > row { end = next } else { end = max(next, min(end, row)) }
  }

  private mutating func add(_ parts: [Part]) {
    returned += parts
    returned.sort { $0.rows.lowerBound > $1.rows.lowerBound }
  }

  private func inquest(of part: Part) -> Int? {
    inquests.firstIndex { $0.rows.contains(part.rows.lowerBound) }
  }

  /// Decides a trial; after the last one the rows that are still to be scored come back.
  private mutating func close(_ part: Part, culprit: Int?) {
    guard let index = inquest(of: part) else { return }
    inquests[index].openTrials -= 1
    if let culprit { inquests[index].culprits.append(culprit) }
    guard inquests[index].openTrials == 0 else { return }
    let inquest = inquests.remove(at: index)
    if inquest.culprits.isEmpty {
      return add([Part(rows: inquest.rows, purpose: .secondChance)])
    }
    // Their company is lost with the culprits, and what is left of it does for every run alike.
    var start = inquest.rows.lowerBound
    for culprit in inquest.culprits.sorted() + [inquest.rows.upperBound] {
      if start < culprit { add([Part(rows: start..<culprit, purpose: .scores)]) }
      start = culprit + 1
    }
  }
}

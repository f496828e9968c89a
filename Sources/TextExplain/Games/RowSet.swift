/// Rows of an ``EvaluationPool``, as a set that grows.
final class RowSet {
  private var isMember: [Bool] = []
  /// The number of rows in the set.
  private(set) var count = 0

  func contains(_ row: Int) -> Bool { row < isMember.count && isMember[row] }

  /// Puts a row in; false where it was in already.
  func insert(_ row: Int) -> Bool {
    if row >= isMember.count {
      isMember += repeatElement(false, count: max(row + 1, 2 * isMember.count) - isMember.count)
    }
    if isMember[row] { return false }
    isMember[row] = true
    count += 1
    return true
  }
}

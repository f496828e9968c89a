/// The factor L of a symmetric positive definite matrix A = L Lᵀ whose rows come and go.
struct GrowingCholesky {
  /// The lower triangle of A, row by row, of which later rows of L are worked out anew.
  private var matrix: [[Double]] = []
  private var lower: [[Double]] = []

  /// Adds a last row of A: its elements left of the diagonal, and that on it.
  ///
  /// - Returns: False, with nothing added, where the pivot is below `smallestPivot`.
  /// - Complexity: O(*n*²) arithmetic.
  mutating func append(_ row: [Double], diagonal: Double, smallestPivot: Double) -> Bool {
    let factored = factor(row, diagonal: diagonal)
    guard factored[row.count] >= smallestPivot else { return false }
    matrix.append(row + [diagonal])
    lower.append(factored)
    return true
  }

  /// Takes a row and its column out of A.
  ///
  /// - Complexity: O(*n*³) arithmetic at most.
  mutating func remove(at index: Int) {
    matrix.remove(at: index)
    lower.removeSubrange(index...)
    for row in index..<matrix.count {
      matrix[row].remove(at: index)
      lower.append(factor(Array(matrix[row].dropLast()), diagonal: matrix[row][row]))
    }
  }

  /// The solution x of A x = `right`.
  ///
  /// - Complexity: O(*n*²) arithmetic.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for k in 0..<i { x[i] -= lower[i][k] * x[k] }
      x[i] /= lower[i][i]
    }
    for i in x.indices.reversed() {
      x[i] /= lower[i][i]
      for k in 0..<i { x[k] -= lower[i][k] * x[i] }
    }
    return x
  }

  /// The row of L below `row.count` others.
  private func factor(_ row: [Double], diagonal: Double) -> [Double] {
    var factored = row
    var pivot = diagonal
    for i in row.indices {
      for k in 0..<i { factored[i] -= lower[i][k] * factored[k] }
      factored[i] /= lower[i][i]
      pivot -= factored[i] * factored[i]
    }
    return factored + [max(abs(pivot).squareRoot(), .ulpOfOne)]
  }
}

import Attribution
import Testing

/// Solves A x = b by Gaussian elimination with partial pivoting.
private func eliminate(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
  var a = zip(matrix, right).map { $0 + [$1] }
  let n = right.count
  for column in 0..<n {
    let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
    a.swapAt(column, pivot)
    for row in (column + 1)..<max(n, column + 1) {
      let factor = a[row][column] / a[column][column]
      for k in column...n { a[row][k] -= factor * a[column][k] }
    }
  }
  var x = [Double](repeating: 0, count: n)
  for row in (0..<n).reversed() {
    var sum = a[row][n]
    for k in (row + 1)..<max(n, row + 1) { sum -= a[row][k] * x[k] }
    x[row] = sum / a[row][row]
  }
  return x
}

/// Weighted ridge regression by its normal equations with the intercept as an unknown, the last
/// one.
private func reference(
  _ rows: Coalitions, columns: [Int], weights: [Double], target: [Double], penalty: Double
) -> [Double] {
  let n = columns.count
  var matrix = [[Double]](repeating: Array(repeating: 0, count: n + 1), count: n + 1)
  var right = [Double](repeating: 0, count: n + 1)
  for row in 0..<rows.count {
    let present = (0...n).filter { $0 == n || rows.contains(columns[$0], in: row) }
    for i in present {
      for j in present { matrix[i][j] += weights[row] }
      right[i] += weights[row] * target[row]
    }
  }
  for i in 0..<n { matrix[i][i] += penalty }
  return eliminate(matrix, right)
}

/// Random rows, weights and targets.
private struct Problem {
  var rows: Coalitions
  var weights: [Double]
  var target: [Double]

  init(rowCount: Int, columnCount: Int, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    rows = Coalitions(playerCount: columnCount)
    rows.appendGrand()
    for _ in 1..<rowCount {
      let share = generator.unit()
      var words = [UInt64](repeating: 0, count: rows.wordsPerCoalition)
      for column in 0..<columnCount where generator.unit() < share {
        words[column / 64] |= 1 << UInt64(column % 64)
      }
      rows.append(words)
    }
    weights = (0..<rowCount).map { _ in generator.unit() }
    target = (0..<rowCount).map { _ in generator.unit() - 0.5 }
  }

  var ridge: WeightedRidge { WeightedRidge(design: PresenceMatrix(rows), weights: weights) }
}

@Suite("LIME's weighted ridge regression")
struct LimeRegressionTests {
  static let shapes = [
    (5, 1), (10, 3), (40, 10), (30, 40), (500, 64), (300, 65), (120, 130), (1200, 300), (200, 300),
    (2, 20),
  ]

  @Test("both solvers equal Gaussian elimination", arguments: shapes, [1.0, 0.01])
  func solvers(shape: (Int, Int), penalty: Double) throws {
    let problem = Problem(rowCount: shape.0, columnCount: shape.1, seed: UInt64(shape.0 + shape.1))
    let columns = Array(0..<shape.1)
    let expected = reference(
      problem.rows, columns: columns, weights: problem.weights, target: problem.target,
      penalty: penalty)
    let iterative = try #require(try problem.ridge.fit([problem.target], penalty: penalty).first)
    let direct = try problem.ridge.fitDirectly(problem.target, penalty: penalty)
    for fit in [iterative, direct] {
      #expect(fit.coefficients.count == shape.1)
      for column in columns {
        #expect(abs(fit.coefficients[column] - expected[column]) < 1e-9)
      }
      #expect(abs(fit.intercept - expected[shape.1]) < 1e-9)
    }
  }

  @Test(
    "conjugate gradients settle the usual shapes and leave badly conditioned ones to the factor")
  func choiceOfSolver() throws {
    let usual = Problem(rowCount: 1200, columnCount: 300, seed: 3)
    #expect(usual.ridge.fitIteratively(usual.target, penalty: 1) != nil)
    let square = Problem(rowCount: 300, columnCount: 300, seed: 3)
    #expect(square.ridge.fitIteratively(square.target, penalty: 1e-6) == nil)
    let fit = try #require(try square.ridge.fit([square.target], penalty: 1e-6).first)
    #expect(try fit == square.ridge.fitDirectly(square.target, penalty: 1e-6))
  }

  @Test("several targets are fitted as each alone, whichever solver takes them")
  func severalTargets() throws {
    for shape in [(400, 30), (70, 64)] {
      let first = Problem(rowCount: shape.0, columnCount: shape.1, seed: 1)
      let second = Problem(rowCount: shape.0, columnCount: shape.1, seed: 2)
      let fits = try first.ridge.fit([first.target, second.target], penalty: 0.01)
      #expect(try first.ridge.fit([first.target], penalty: 0.01) == [fits[0]])
      #expect(try first.ridge.fit([second.target], penalty: 0.01) == [fits[1]])
    }
  }

  @Test("products by table equal products by bit", arguments: [1, 7, 8, 31, 32, 33, 64, 100])
  func products(columnCount: Int) {
    let problem = Problem(rowCount: 50, columnCount: columnCount, seed: 9)
    let matrix = PresenceMatrix(problem.rows)
    // Whole numbers, so that the order of summation does not matter.
    let perColumn = (0..<columnCount).map { Double($0 * 37 % 101) - 50 }
    let perRow = (0..<50).map { Double($0 * 53 % 89) - 40 }
    let sums = (0..<50).map { row in
      (0..<columnCount).reduce(0.0) { problem.rows.contains($1, in: row) ? $0 + perColumn[$1] : $0 }
    }
    let transposed = (0..<columnCount).map { column in
      (0..<50).reduce(0.0) { problem.rows.contains(column, in: $1) ? $0 + perRow[$1] : $0 }
    }
    #expect(matrix.product(with: perColumn) == sums)
    #expect(matrix.transposedProduct(with: perRow) == transposed)

    let chosen = Array(stride(from: columnCount - 1, through: 0, by: -2))
    let reduced = PresenceMatrix(matrix, columns: chosen)
    #expect(reduced.transposedProduct(with: perRow) == chosen.map { transposed[$0] })
  }

  @Test("no weight on all rows but one leaves the target of that row")
  func singleRow() throws {
    var problem = Problem(rowCount: 20, columnCount: 6, seed: 4)
    problem.weights = problem.weights.indices.map { $0 == 0 ? 1 : 0 }
    let fit = try #require(try problem.ridge.fit([problem.target], penalty: 1).first)
    #expect(fit.coefficients == Array(repeating: 0, count: 6))
    #expect(fit.intercept == problem.target[0])
    #expect(problem.ridge.fidelity(of: fit, to: problem.target) == 1)
  }

  @Test("an offset of the target goes to the intercept alone")
  func offset() throws {
    let problem = Problem(rowCount: 2000, columnCount: 40, seed: 7)
    // Multiples of 2⁻²⁰ keep all their digits beside the offset.
    let target = problem.target.map { ($0 * 0x1p20).rounded() * 0x1p-20 }
    let fits = try problem.ridge.fit([target, target.map { $0 + 1e8 }], penalty: 1)
    for (plain, shifted) in zip(fits[0].coefficients, fits[1].coefficients) {
      #expect(abs(plain - shifted) < 1e-12)
    }
    #expect(abs(fits[1].intercept - fits[0].intercept - 1e8) < 1e-5)
  }

  @Test("a singular system is an error", arguments: [3, 40])
  func singular(columnCount: Int) {
    var problem = Problem(rowCount: 10, columnCount: columnCount, seed: 5)
    var rows = Coalitions(playerCount: columnCount)
    for row in 0..<10 { if row % 2 == 0 { rows.appendGrand() } else { rows.appendEmpty() } }
    problem.rows = rows
    #expect(throws: LimeError.singular) {
      try problem.ridge.fitDirectly(problem.target, penalty: 0)
    }
  }

  @Test("forward selection takes what regressions on every candidate would", arguments: 0..<8)
  func forwardSelection(seed: UInt64) throws {
    let n = 9
    var problem = Problem(rowCount: 60, columnCount: n, seed: seed)
    for row in 0..<60 {
      for column in 0..<n where problem.rows.contains(column, in: row) {
        problem.target[row] += 0.3 * Double((column * 5 + Int(seed)) % 9 - 4)
      }
    }
    let count = 5
    var taken: [Int] = []
    for _ in 0..<count {
      var best = (column: -1, score: -Double.infinity)
      for column in 0..<n where !taken.contains(column) {
        let solution = reference(
          problem.rows, columns: taken + [column], weights: problem.weights,
          target: problem.target, penalty: 0)
        let score = score(problem, columns: taken + [column], solution)
        if score > best.score { best = (column, score) }
      }
      taken.append(best.column)
    }
    #expect(ForwardSelection(problem.ridge, target: problem.target, count: count).selected == taken)
  }

  /// Minus the weighted sum of squared errors, which orders as R² does.
  private func score(_ problem: Problem, columns: [Int], _ solution: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<problem.rows.count {
      var error = problem.target[row] - solution[columns.count]
      for (index, column) in columns.enumerated() where problem.rows.contains(column, in: row) {
        error -= solution[index]
      }
      sum -= problem.weights[row] * error * error
    }
    return sum
  }

  @Test("forward selection passes over copies of what it took")
  func forwardSelectionOfCopies() {
    var generator = SplitMix64(seed: 8)
    var rows = Coalitions(playerCount: 4)
    for _ in 0..<40 {
      let bits = generator.next()
      // Player 1 is a copy of player 0.
      rows.append([bits & 1 | (bits & 1) << 1 | bits & 12])
    }
    let target = (0..<40).map { row in
      (rows.contains(0, in: row) ? 2.0 : 0) + (rows.contains(3, in: row) ? 1 : 0)
    }
    let ridge = WeightedRidge(design: PresenceMatrix(rows), weights: Array(repeating: 1, count: 40))
    #expect(Set(ForwardSelection(ridge, target: target, count: 2).selected) == [0, 3])
    #expect(Set(ForwardSelection(ridge, target: target, count: 4).selected) == [0, 1, 2, 3])
  }
}

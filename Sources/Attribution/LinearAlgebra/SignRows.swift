/// Coalitions as rows of a matrix Z of ±1: +1 where a player is present.
struct SignRows {
  typealias Lane = SignProduct.Lane

  let coalitions: Coalitions
  private var rowCount: Int { coalitions.count }
  private var columnCount: Int { coalitions.playerCount }
  private var laneCount: Int { SignProduct.lanes(coalitions.playerCount) }

  init(_ coalitions: Coalitions) { self.coalitions = coalitions }

  /// The byte of players 8 g … 8 g + 7 in a row.
  private func byte(_ row: Int, _ group: Int) -> UInt8 {
    let word = coalitions.words[row * coalitions.wordsPerCoalition + group >> 3]
    return UInt8(truncatingIfNeeded: word >> UInt64(8 * (group & 7)))
  }

  /// The signs of players 8 g … 8 g + 7 in a row; −1 past the last player.
  func signs(_ row: Int, _ group: Int) -> Lane { SignProduct.signs[Int(byte(row, group))] }

  /// The bytes of Zᵀ, which has the players as rows: players of coalitions 8 g … 8 g + 7 from g *n* on.
  var transposedPatterns: [UInt8] {
    let n = columnCount
    var patterns = [UInt8](repeating: 0, count: SignProduct.lanes(rowCount) * n)
    for row in 0..<rowCount {
      let bit = UInt8(1) << UInt8(row & 7)
      for player in 0..<n where coalitions.contains(player, in: row) {
        patterns[(row >> 3) * n + player] |= bit
      }
    }
    return patterns
  }

  /// The bytes of some rows: of players 8 g … 8 g + 7 from g times the number of rows on.
  func patterns(of rows: Range<Int>) -> [UInt8] {
    (0..<laneCount).flatMap { group in rows.map { byte($0, group) } }
  }

  /// The lower triangle of Zᵀ W Z for a diagonal W.
  ///
  /// - Complexity: about *m* *n*²/16 additions for *m* rows of *n* columns, and twice as many for few columns.
  func gram(weights: [Double]) -> SquareMatrix {
    let n = columnCount
    let patterns = transposedPatterns
    var sums = [Lane](repeating: .zero, count: n * laneCount)
    SignProduct.accumulate(
      patterns: patterns, rowCount: n, laneCount: laneCount, lowerOnly: true, into: &sums
    ) { row, lane in row < rowCount ? signs(row, lane) * weights[row] : .zero }
    var gram = SquareMatrix(order: n)
    for i in 0..<n {
      for k in 0...i { gram[i, k] = sums[i * laneCount + k >> 3][k & 7] }
    }
    return gram
  }

  /// Zᵀ x.
  func transposedProduct(with x: [Double]) -> [Double] {
    var sums = [Lane](repeating: .zero, count: laneCount)
    for row in 0..<rowCount {
      for group in 0..<laneCount { sums[group] += signs(row, group) * x[row] }
    }
    return (0..<columnCount).map { sums[$0 >> 3][$0 & 7] }
  }

  /// Z x.
  func product(with x: [Double]) -> [Double] {
    var padded = [Lane](repeating: .zero, count: laneCount)
    for column in 0..<columnCount { padded[column >> 3][column & 7] = x[column] }
    return (0..<rowCount).map { row in
      var sum = Lane.zero
      for group in 0..<laneCount { sum += signs(row, group) * padded[group] }
      return sum.sum()
    }
  }

  /// zᵀ M z of each row z.
  func quadraticForms(of matrix: SquareMatrix) -> [Double] {
    var forms = [Double](repeating: 0, count: rowCount)
    forEachRow(ofProductWith: matrix) { row, product in
      var sum = Lane.zero
      for (group, lane) in product.enumerated() { sum += signs(row, group) * lane }
      forms[row] = sum.sum()
    }
    return forms
  }

  /// Calls `body` with each row of Z M as lanes padded with zeros, in order, for a square M.
  ///
  /// Rows are worked out in blocks, so that memory stays at `blockSize` rows.
  ///
  /// - Complexity: about *m* *n*²/8 additions for *m* rows of *n* columns.
  func forEachRow(ofProductWith matrix: SquareMatrix, _ body: (Int, ArraySlice<Lane>) -> Void) {
    let n = columnCount
    var padded = [Lane](repeating: .zero, count: n * laneCount)
    for i in 0..<n {
      for k in 0..<n { padded[i * laneCount + k >> 3][k & 7] = matrix[i, k] }
    }
    let blockSize = 1024
    for start in stride(from: 0, to: rowCount, by: blockSize) {
      let rows = min(blockSize, rowCount - start)
      var sums = [Lane](repeating: .zero, count: rows * laneCount)
      SignProduct.accumulate(
        patterns: patterns(of: start..<start + rows), rowCount: rows, laneCount: laneCount,
        into: &sums
      ) { k, lane in k < n ? padded[k * laneCount + lane] : .zero }
      for row in 0..<rows {
        body(start + row, sums[row * laneCount..<(row + 1) * laneCount])
      }
    }
  }
}

extension SIMD8<Double> {
  /// The sum of the eight numbers, by halves; the standard library promises no order.
  func sum() -> Double {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}

/// A matrix of zeros and ones, one row a coalition and one column a player.
///
/// Products with it go by the method of the four Russians (V. L. Arlazarov and others, 1970): eight
/// columns at a time are looked up in a table of 256 partial sums, rather than added bit by bit.
package struct PresenceMatrix: Sendable {
  /// The number of rows.
  package let rowCount: Int
  /// The number of columns.
  package let columnCount: Int
  /// 32 columns of a row each, all rows of the first 32 columns before those of the next.
  ///
  /// The bits past the last column are noise. They count for nothing, but were they all zero, then
  /// the sums of ``transposedProduct(with:)`` would go to one element of a table and each wait for
  /// the one before.
  private let quads: [UInt32]

  /// The matrix of the given coalitions.
  package init(_ coalitions: Coalitions) {
    rowCount = coalitions.count
    columnCount = coalitions.playerCount
    let stride = coalitions.wordsPerCoalition
    var quads: [UInt32] = []
    quads.reserveCapacity(Self.quadCount(columnCount) * rowCount)
    for quad in 0..<Self.quadCount(columnCount) {
      let shift = UInt64(quad % 2 * 32)
      for row in 0..<rowCount {
        let word = coalitions.words[row * stride + quad / 2]
        quads.append(UInt32(truncatingIfNeeded: word >> shift))
      }
    }
    Self.fillUnusedBits(&quads, rowCount: rowCount, columnCount: columnCount)
    self.quads = quads
  }

  /// The matrix of the given columns of another.
  package init(_ matrix: PresenceMatrix, columns: [Int]) {
    rowCount = matrix.rowCount
    columnCount = columns.count
    var quads = [UInt32](repeating: 0, count: Self.quadCount(columnCount) * matrix.rowCount)
    for (position, column) in columns.enumerated() {
      let target = position / 32 * rowCount
      let source = column / 32 * rowCount
      for row in 0..<rowCount {
        let bit = matrix.quads[source + row] >> UInt32(column % 32) & 1
        quads[target + row] |= bit << UInt32(position % 32)
      }
    }
    Self.fillUnusedBits(&quads, rowCount: rowCount, columnCount: columnCount)
    self.quads = quads
  }

  private static func fillUnusedBits(_ quads: inout [UInt32], rowCount: Int, columnCount: Int) {
    let used = UInt32(columnCount % 32)
    guard used > 0 else { return }
    let base = columnCount / 32 * rowCount
    for row in 0..<rowCount {
      quads[base + row] |= (UInt32(truncatingIfNeeded: row) &* 0x9E37_79B1) &<< used
    }
  }

  private static func quadCount(_ columns: Int) -> Int { (columns + 31) / 32 }

  /// Whether the element is 1.
  package func contains(row: Int, column: Int) -> Bool {
    quads[column / 32 * rowCount + row] >> UInt32(column % 32) & 1 == 1
  }

  /// The product X v with one number a column: a sum for every row.
  package func product(with vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount)
    var sums = [Double](repeating: 0, count: rowCount)
    var tables = [Double](repeating: 0, count: 4 * 256)
    for quad in 0..<Self.quadCount(columnCount) {
      for byte in 0..<4 { fill(&tables, byte, from: vector, column: 32 * quad + 8 * byte) }
      // `row` is within `sums`, `quad * rowCount + row` within `quads`, and a byte below 256.
      quads.withUnsafeBufferPointer { quads in
        tables.withUnsafeBufferPointer { tables in
          sums.withUnsafeMutableBufferPointer { sums in
            let base = quad &* rowCount
            for row in 0..<rowCount {
              let bits = Int(quads[base &+ row])
              let low = tables[bits & 255] + tables[256 &+ (bits &>> 8 & 255)]
              let high = tables[512 &+ (bits &>> 16 & 255)] + tables[768 &+ (bits &>> 24)]
              sums[row] += low + high
            }
          }
        }
      }
    }
    return sums
  }

  /// The product Xᵀ u with one number a row: a sum for every column.
  package func transposedProduct(with vector: [Double]) -> [Double] {
    precondition(vector.count == rowCount)
    var sums = [Double](repeating: 0, count: columnCount)
    var tables = [Double](repeating: 0, count: 4 * 256)
    for quad in 0..<Self.quadCount(columnCount) {
      for index in tables.indices { tables[index] = 0 }
      // The same bounds as in `product(with:)`.
      quads.withUnsafeBufferPointer { quads in
        tables.withUnsafeMutableBufferPointer { tables in
          vector.withUnsafeBufferPointer { vector in
            let base = quad &* rowCount
            for row in 0..<rowCount {
              let bits = Int(quads[base &+ row])
              let value = vector[row]
              tables[bits & 255] += value
              tables[256 &+ (bits &>> 8 & 255)] += value
              tables[512 &+ (bits &>> 16 & 255)] += value
              tables[768 &+ (bits &>> 24)] += value
            }
          }
        }
      }
      for byte in 0..<4 { fold(&tables, byte, into: &sums, column: 32 * quad + 8 * byte) }
    }
    return sums
  }

  /// Makes table `byte` hold, for every set of eight columns from `column` on, the sum of their
  /// numbers.
  private func fill(_ tables: inout [Double], _ byte: Int, from vector: [Double], column: Int) {
    let base = 256 * byte
    tables[base] = 0
    for bit in 0..<8 {
      let value = column + bit < columnCount ? vector[column + bit] : 0
      let half = 1 << bit
      for index in base..<base + half { tables[index + half] = tables[index] + value }
    }
  }

  /// Adds to each of eight columns from `column` on all elements of table `byte` whose set holds
  /// it.
  private func fold(
    _ tables: inout [Double], _ byte: Int, into sums: inout [Double], column: Int
  ) {
    let base = 256 * byte
    for bit in stride(from: 7, through: 0, by: -1) {
      let half = 1 << bit
      var sum = 0.0
      for index in base..<base + half {
        sum += tables[index + half]
        tables[index] += tables[index + half]
      }
      if column + bit < columnCount { sums[column + bit] = sum }
    }
  }
}

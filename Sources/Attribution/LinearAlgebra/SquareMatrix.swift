/// A dense square matrix, stored row by row.
package struct SquareMatrix: Sendable, Equatable {
  /// The number of rows and of columns.
  let order: Int
  /// `order * order` numbers, row by row.
  var values: [Double]

  /// Makes a matrix of zeros.
  package init(order: Int) {
    self.order = order
    values = Array(repeating: 0, count: order * order)
  }

  package subscript(row: Int, column: Int) -> Double {
    get { values[row * order + column] }
    set { values[row * order + column] = newValue }
  }

  /// The product with a vector of `order` numbers.
  func multiplied(by vector: [Double]) -> [Double] {
    (0..<order).map { row in
      var sum = 0.0
      for column in 0..<order { sum += values[row * order + column] * vector[column] }
      return sum
    }
  }

  /// Calls `body` with the start of a row of `order` numbers.
  mutating func withRow(_ row: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
    precondition(0 <= row && row < order)
    values.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { body(start + row * order) }
    }
  }

  /// The trace of the product with another matrix, both symmetric and given by their lower triangles.
  func symmetricTrace(with other: SquareMatrix) -> Double {
    var sum = 0.0
    values.withUnsafeBufferPointer { a in
      other.values.withUnsafeBufferPointer { b in
        for row in 0..<order {
          let start = row * order
          var lanes = SIMD4<Double>.zero
          var column = 0
          while column + 4 <= row {
            let index = start + column
            let x = SIMD4<Double>(a[index], a[index + 1], a[index + 2], a[index + 3])
            let y = SIMD4<Double>(b[index], b[index + 1], b[index + 2], b[index + 3])
            lanes += x * y
            column += 4
          }
          var partial = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
          while column < row {
            partial += a[start + column] * b[start + column]
            column += 1
          }
          sum += 2 * partial + a[start + row] * b[start + row]
        }
      }
    }
    return sum
  }
}

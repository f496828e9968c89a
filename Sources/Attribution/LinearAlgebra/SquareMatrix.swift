/// A dense square matrix, stored row by row.
struct SquareMatrix: Sendable, Equatable {
  /// The number of rows and of columns.
  let order: Int
  /// `order * order` numbers, row by row.
  var values: [Double]

  /// Makes a matrix of zeros.
  init(order: Int) {
    self.order = order
    values = Array(repeating: 0, count: order * order)
  }

  subscript(row: Int, column: Int) -> Double {
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
}

import Glibc

/// The factor L of a symmetric positive definite matrix A = L Lᵀ.
struct Cholesky: Sendable {
  private let lower: SquareMatrix

  /// Factors `matrix`, of which only the lower triangle is read.
  ///
  /// Fails where a pivot is not above `tolerance` times the largest diagonal element, which is
  /// where the matrix is not positive definite or too close to being singular.
  ///
  /// - Complexity: O(*n*³) arithmetic.
  init?(_ matrix: SquareMatrix, tolerance: Double = 1e-13) {
    let n = matrix.order
    var lower = matrix
    var largest = 0.0
    for i in 0..<n { largest = Swift.max(largest, matrix[i, i]) }
    let succeeded = lower.values.withUnsafeMutableBufferPointer { l in
      for j in 0..<n {
        var pivot = l[j * n + j]
        for k in 0..<j { pivot -= l[j * n + k] * l[j * n + k] }
        guard pivot > tolerance * largest else { return false }
        let root = pivot.squareRoot()
        l[j * n + j] = root
        var i = j + 1
        while i + 4 <= n {
          let products = fourDots(l, rows: i * n, stride: n, with: j * n, count: j)
          for row in 0..<4 {
            let index = (i + row) * n + j
            l[index] = (l[index] - products[row]) / root
          }
          i += 4
        }
        while i < n {
          l[i * n + j] = (l[i * n + j] - dot(l, i * n, j * n, count: j)) / root
          i += 1
        }
        for i in 0..<j { l[i * n + j] = 0 }
      }
      return true
    }
    guard succeeded else { return nil }
    self.lower = lower
  }

  /// Half the logarithm of the determinant of A.
  var halfLogDeterminant: Double {
    (0..<lower.order).reduce(0) { $0 + log(lower[$1, $1]) }
  }

  /// The solution x of A x = `right`.
  ///
  /// - Complexity: O(*n*²) arithmetic.
  func solve(_ right: [Double]) -> [Double] {
    let n = lower.order
    var x = right
    for i in 0..<n {
      var sum = x[i]
      for k in 0..<i { sum -= lower[i, k] * x[k] }
      x[i] = sum / lower[i, i]
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      x[i] /= lower[i, i]
      for k in 0..<i { x[k] -= lower[i, k] * x[i] }
    }
    return x
  }

  /// The inverse of A, in full.
  ///
  /// Columns are solved for eight at a time. A column of the identity is zero above its one, and of
  /// a column of the inverse only what is on and below the diagonal is worked out; the rest is its
  /// mirror image.
  ///
  /// - Complexity: O(*n*³) arithmetic.
  func inverse() -> SquareMatrix {
    let n = lower.order
    var inverse = SquareMatrix(order: n)
    for first in stride(from: 0, to: n, by: 8) {
      let columns = Swift.min(8, n - first)
      var x = factorInverse(columns: first..<first + columns)
      for i in stride(from: n - 1, through: first, by: -1) {
        let solved = x[i] / lower.values[i * n + i]
        x[i] = solved
        for k in first..<i { x[k] -= lower.values[i * n + k] * solved }
        for column in 0..<columns where first + column <= i {
          inverse[i, first + column] = solved[column]
          inverse[first + column, i] = solved[column]
        }
      }
    }
    return inverse
  }

  /// The diagonal of the inverse of A: the squared lengths of the columns of L⁻¹.
  ///
  /// - Complexity: O(*n*³) arithmetic, a third of that of ``inverse()``.
  func inverseDiagonal() -> [Double] {
    let n = lower.order
    var diagonal: [Double] = []
    for first in stride(from: 0, to: n, by: 8) {
      let columns = Swift.min(8, n - first)
      let x = factorInverse(columns: first..<first + columns)
      let squares = x[first...].reduce(.zero) { $0 + $1 * $1 }
      diagonal += (0..<columns).map { squares[$0] }
    }
    return diagonal
  }

  /// At most eight columns of L⁻¹, one a lane.
  private func factorInverse(columns: Range<Int>) -> [SIMD8<Double>] {
    let n = lower.order
    let first = columns.lowerBound
    var x = [SIMD8<Double>](repeating: .zero, count: n)
    for column in columns { x[column][column - first] = 1 }
    for i in first..<n {
      var sum = x[i]
      for k in first..<i { sum -= lower.values[i * n + k] * x[k] }
      x[i] = sum / lower.values[i * n + i]
    }
    return x
  }
}

/// The inner products of four rows, `stride` apart, with another one: what is loaded of that serves all four.
private func fourDots(
  _ buffer: UnsafeMutableBufferPointer<Double>, rows: Int, stride: Int, with other: Int, count: Int
) -> SIMD4<Double> {
  var (a, b, c, d) = (
    SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero
  )
  let (second, third, fourth) = (rows + stride, rows + 2 * stride, rows + 3 * stride)
  var k = 0
  while k + 2 <= count {
    let y = SIMD2(buffer[other + k], buffer[other + k + 1])
    a += SIMD2(buffer[rows + k], buffer[rows + k + 1]) * y
    b += SIMD2(buffer[second + k], buffer[second + k + 1]) * y
    c += SIMD2(buffer[third + k], buffer[third + k + 1]) * y
    d += SIMD2(buffer[fourth + k], buffer[fourth + k + 1]) * y
    k += 2
  }
  var sums = SIMD4(a.sum(), b.sum(), c.sum(), d.sum())
  if k < count {
    let y = buffer[other + k]
    sums +=
      y * SIMD4(buffer[rows + k], buffer[second + k], buffer[third + k], buffer[fourth + k])
  }
  return sums
}

/// The inner product of two runs of `count` numbers in one buffer, in four interleaved partial
/// sums.
private func dot(
  _ buffer: UnsafeMutableBufferPointer<Double>, _ a: Int, _ b: Int, count: Int
) -> Double {
  var sums = SIMD4<Double>.zero
  var k = 0
  while k + 4 <= count {
    let x = SIMD4(buffer[a + k], buffer[a + k + 1], buffer[a + k + 2], buffer[a + k + 3])
    let y = SIMD4(buffer[b + k], buffer[b + k + 1], buffer[b + k + 2], buffer[b + k + 3])
    sums += x * y
    k += 4
  }
  var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
  while k < count {
    sum += buffer[a + k] * buffer[b + k]
    k += 1
  }
  return sum
}

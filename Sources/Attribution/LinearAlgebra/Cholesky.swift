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
      guard let start = l.baseAddress else { return true }
      // Two columns at a time.
      for j in Swift.stride(from: 0, to: n, by: 2) {
        let (left, right) = (start + j * n, start + (j + 1) * n)
        let columns = Swift.min(2, n - j)
        let pivot = left[j] - dot(left, left, count: j)
        guard pivot > tolerance * largest else { return false }
        left[j] = pivot.squareRoot()
        if columns == 2 {
          right[j] = (right[j] - dot(left, right, count: j)) / left[j]
          let pivot = right[j + 1] - dot(right, right, count: j + 1)
          guard pivot > tolerance * largest else { return false }
          right[j + 1] = pivot.squareRoot()
        }
        var i = j + columns
        while columns == 2, i + 4 <= n {
          let row = start + i * n
          let sums = eightDots(row, stride: n, with: left, and: right, count: j)
          for lane in 0..<4 {
            let own = row + lane * n
            own[j] = (own[j] - sums.0[lane]) / left[j]
            own[j + 1] = (own[j + 1] - sums.1[lane] - own[j] * right[j]) / right[j + 1]
          }
          i += 4
        }
        while i < n {
          let own = start + i * n
          own[j] = (own[j] - dot(own, left, count: j)) / left[j]
          own[j + 1] = (own[j + 1] - dot(own, right, count: j + 1)) / right[j + 1]
          i += 1
        }
      }
      for row in 0..<n {
        for column in row + 1..<Swift.max(n, row + 1) { l[row * n + column] = 0 }
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
      substituteBack(&x, downTo: first)
      for i in first..<n {
        for column in 0..<columns where first + column <= i {
          inverse[i, first + column] = x[i][column]
          inverse[first + column, i] = x[i][column]
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

  /// The squares bᵀ A⁻¹ b of some vectors, which are those of L⁻¹ b.
  ///
  /// - Complexity: O(*n*²) arithmetic a vector.
  func inverseSquares(of vectors: [[Double]]) -> [Double] {
    stride(from: 0, to: vectors.count, by: 8).flatMap { first in
      let some = vectors[first..<Swift.min(first + 8, vectors.count)]
      var x = [SIMD8<Double>](repeating: .zero, count: lower.order)
      for (lane, vector) in some.enumerated() {
        for (row, value) in vector.enumerated() { x[row][lane] = value }
      }
      substitute(&x, from: 0)
      let squares = x.reduce(.zero) { $0 + $1 * $1 }
      return some.indices.map { squares[$0 - first] }
    }
  }

  /// At most eight columns of L⁻¹, one a lane.
  private func factorInverse(columns: Range<Int>) -> [SIMD8<Double>] {
    var x = [SIMD8<Double>](repeating: .zero, count: lower.order)
    for column in columns { x[column][column - columns.lowerBound] = 1 }
    substitute(&x, from: columns.lowerBound)
    return x
  }

  /// Turns eight vectors b, one a lane, into what is at `first` and after of L⁻ᵀ b.
  ///
  /// Two rows go at once: what is loaded and stored of the vectors serves both.
  private func substituteBack(_ x: inout [SIMD8<Double>], downTo first: Int) {
    let n = lower.order
    precondition(x.count == n && first >= 0)
    x.withUnsafeMutableBufferPointer { x in
      lower.values.withUnsafeBufferPointer { l in
        var i = n - 1
        while i > first {
          let (row, above) = (i * n, i * n - n)
          let solved = x[i] / l[row + i]
          let next = (x[i - 1] - l[row + i - 1] * solved) / l[above + i - 1]
          x[i] = solved
          x[i - 1] = next
          for k in first..<i - 1 {
            x[k] = x[k] - l[row + k] * solved - l[above + k] * next
          }
          i -= 2
        }
        if i == first { x[i] /= l[i * n + i] }
      }
    }
  }

  /// Turns eight vectors b, one a lane, that are zero before `first` into L⁻¹ b.
  ///
  /// Two rows go at once: what is loaded of the vectors serves both.
  private func substitute(_ x: inout [SIMD8<Double>], from first: Int) {
    let n = lower.order
    precondition(x.count == n && first >= 0)
    x.withUnsafeMutableBufferPointer { x in
      lower.values.withUnsafeBufferPointer { l in
        var i = first
        while i + 2 <= n {
          var (sum, next) = (x[i], x[i + 1])
          let (row, nextRow) = (i * n, i * n + n)
          for k in first..<i {
            let solved = x[k]
            sum -= l[row + k] * solved
            next -= l[nextRow + k] * solved
          }
          sum /= l[row + i]
          x[i] = sum
          x[i + 1] = (next - l[nextRow + i] * sum) / l[nextRow + i + 1]
          i += 2
        }
        if i < n {
          var sum = x[i]
          for k in first..<i { sum -= l[i * n + k] * x[k] }
          x[i] = sum / l[i * n + i]
        }
      }
    }
  }
}

/// The inner products of four rows, `stride` apart, with two others: what is loaded of each serves all of the others.
private func eightDots(
  _ rows: UnsafePointer<Double>, stride: Int, with left: UnsafePointer<Double>,
  and right: UnsafePointer<Double>, count: Int
) -> (SIMD4<Double>, SIMD4<Double>) {
  typealias Two = SIMD2<Double>
  let (first, second, third, fourth) = (rows, rows + stride, rows + 2 * stride, rows + 3 * stride)
  var (a, b, c, d) = (Two.zero, Two.zero, Two.zero, Two.zero)
  var (e, f, g, h) = (Two.zero, Two.zero, Two.zero, Two.zero)
  var k = 0
  while k &+ 2 <= count {
    let (x, y) = (Two(left[k], left[k &+ 1]), Two(right[k], right[k &+ 1]))
    let one = Two(first[k], first[k &+ 1])
    a += one * x
    e += one * y
    let two = Two(second[k], second[k &+ 1])
    b += two * x
    f += two * y
    let three = Two(third[k], third[k &+ 1])
    c += three * x
    g += three * y
    let four = Two(fourth[k], fourth[k &+ 1])
    d += four * x
    h += four * y
    k &+= 2
  }
  var sums = (SIMD4(a.sum(), b.sum(), c.sum(), d.sum()), SIMD4(e.sum(), f.sum(), g.sum(), h.sum()))
  if k < count {
    let last = SIMD4(first[k], second[k], third[k], fourth[k])
    sums.0 += left[k] * last
    sums.1 += right[k] * last
  }
  return sums
}

/// The inner product of two runs of `count` numbers, in four interleaved partial sums.
private func dot(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
) -> Double {
  var sums = SIMD4<Double>.zero
  var k = 0
  while k &+ 4 <= count {
    let x = SIMD4(a[k], a[k &+ 1], a[k &+ 2], a[k &+ 3])
    let y = SIMD4(b[k], b[k &+ 1], b[k &+ 2], b[k &+ 3])
    sums += x * y
    k &+= 4
  }
  var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
  while k < count {
    sum += a[k] * b[k]
    k &+= 1
  }
  return sum
}

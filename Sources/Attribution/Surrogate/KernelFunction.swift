import Glibc

/// A ``PairKernel`` for so many players with such weights.
package struct KernelFunction: Sendable {
  /// What exp(−rate · share) of ``PairKernel/decay(isOdd:)`` fades with.
  static let decayRate = 8.0

  let kernel: PairKernel
  let playerCount: Int
  /// ω, or ones.
  let weights: [Double]
  let total: Double
  let totalSquares: Double
  let totalCubes: Double
  /// What makes the kernel 1 where ``PairKernel`` says that it is.
  let norm: Double
  /// q by the number of players, for ``PairKernel/length``.
  let lengthFactors: [Double]
  /// For an odd ``PairKernel/decay(isOdd:)``: by the size of z′, the Shapley values of the players in it and of the
  /// others in the function z ↦ k(z, z′).
  let decayShapleyValues: (present: [Double], absent: [Double])
  /// The value by what it depends on, for kernels that depend on one count only.
  let table: [Double]

  package init(_ kernel: PairKernel, playerCount n: Int, weights playerWeights: [Double]) {
    self.kernel = kernel
    playerCount = n
    let weights = kernel.isWeighted ? playerWeights : [Double](repeating: 1, count: n)
    self.weights = weights
    total = weights.reduce(0, +)
    totalSquares = weights.reduce(0) { $0 + $1 * $1 }
    totalCubes = weights.reduce(0) { $0 + $1 * $1 * $1 }
    let norm =
      switch kernel {
      case .interactions(let order, _):
        Self.elementary(order, total, totalSquares, totalCubes)
      case .decay(let isOdd): 1 + (isOdd ? -1 : 1) * exp(-Self.decayRate)
      case .runs(let length): Double(max(1, n - length + 1))
      case .neighbours: Double(max(1, n - 1))
      case .length: Double(n)
      }
    // Where a set of players does not exist, the kernel is 0.
    self.norm = norm > 0 ? norm : .infinity
    lengthFactors = kernel == .length ? Self.lengthFactors(playerCount: n) : []
    decayShapleyValues =
      kernel == .decay(isOdd: true)
      ? Self.decayShapleyValues(playerCount: n, norm: norm) : ([], [])
    table = (0...n).map { count in
      let share = Double(count) / Double(n)
      return switch kernel {
      case .interactions(let order, false):
        Self.elementary(order, Double(n - 2 * count), Double(n), Double(n - 2 * count)) / norm
      case .decay(let isOdd):
        (exp(-Self.decayRate * share)
          + (isOdd ? -1 : 1) * exp(-Self.decayRate * (1 - share))) / norm
      case .runs(let length): n < length ? 0 : 1 - 2 * Double(count) / norm
      case .interactions(_, true), .neighbours, .length: 0
      }
    }
  }

  /// e_k of x by Newton's identities from its power sums, for k ≤ 3.
  static func elementary(_ order: Int, _ p1: Double, _ p2: Double, _ p3: Double) -> Double {
    switch order {
    case 0: 1
    case 1: p1
    case 2: (p1 * p1 - p2) / 2
    default: (p1 * p1 * p1 - 3 * p1 * p2 + 2 * p3) / 6
    }
  }

  /// q(s), with mean 0 and variance 1 over the sizes 0 … n.
  private static func lengthFactors(playerCount n: Int) -> [Double] {
    let raw = (0...n).map { s in
      s == 0 || s == n ? 1 / Double(n) : 1 / Double(s) + 1 / Double(n - s)
    }
    let mean = raw.reduce(0, +) / Double(n + 1)
    let variance = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n + 1)
    return raw.map { variance > 0 ? ($0 - mean) / variance.squareRoot() : 0 }
  }
}

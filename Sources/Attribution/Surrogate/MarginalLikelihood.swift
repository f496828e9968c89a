import Glibc

/// The penalised marginal likelihood of a Gaussian process, by the logarithms of its variances and of its noise.
///
/// C. E. Rasmussen, C. K. I. Williams: "Gaussian Processes for Machine Learning", MIT Press 2006, eq. 5.8 and 5.9,
/// with a normal prior on each logarithm.
struct MarginalLikelihood {
  /// The standard deviation of the priors: four powers of e, so that data soon outweigh them.
  private static let priorDeviation = 4.0
  private static let iterations = 40
  private static let range = -25.0...8.0
  /// Added to the diagonal, so that rounding leaves matrices positive definite.
  static let jitter = 1e-10

  private let values: [Double]
  /// One Gram matrix a kernel.
  private let grams: [SquareMatrix]
  private let noiseShares: [Double]
  /// The priors' means.
  private let start: [Double]

  /// - Parameters:
  ///   - values: One number a coalition, of mean square 1.
  ///   - noiseShares: The noise of each value relative to σ².
  init(
    coalitions: Coalitions, values: [Double], functions: [KernelFunction], weights: [Double]?,
    noiseShares: [Double]
  ) {
    self.values = values
    self.noiseShares = noiseShares
    let count = coalitions.count
    var grams = functions.map { _ in SquareMatrix(order: count) }
    var differences = DifferenceRow(
      coalitions: coalitions, weights: weights,
      withNeighbours: functions.contains { $0.kernel.isOfNeighbours })
    let n = coalitions.playerCount
    let sums = functions.map { KernelSum([$0], variances: [1], playerCount: n) }
    for index in 0..<count {
      differences.compare(coalitions[index], with: coalitions, count: index + 1)
      for kernel in sums.indices {
        grams[kernel].withRow(index) { sums[kernel].fill($0, from: differences, count: index + 1) }
      }
    }
    self.grams = grams
    // The first kernel is the one that the values mostly follow.
    start = functions.indices.map { log($0 == 0 ? 1 : 0.05) } + [log(0.01)]
  }

  /// The best variances of the kernels, and σ².
  func best() -> (variances: [Double], noise: Double) {
    let logs = Minimizer.minimum(from: start, iterations: Self.iterations) { value(at: $0) }
    return (logs.dropLast().map { exp($0) }, exp(logs[grams.count]))
  }

  /// The negative logarithm of the likelihood and its gradient; nil where a matrix cannot be factored.
  private func value(at logs: [Double]) -> (Double, [Double])? {
    guard logs.allSatisfy({ Self.range.contains($0) }) else { return nil }
    let count = values.count
    let parameters = logs.map { exp($0) }
    let noise = parameters[grams.count]
    var matrix = SquareMatrix(order: count)
    matrix.values.withUnsafeMutableBufferPointer { sums in
      for (gram, variance) in zip(grams, parameters) {
        gram.values.withUnsafeBufferPointer { values in
          for row in 0..<count {
            for index in row * count...row * count + row { sums[index] += variance * values[index] }
          }
        }
      }
    }
    for row in 0..<count { matrix[row, row] += noise * noiseShares[row] + Self.jitter }
    guard let factor = Cholesky(matrix, tolerance: 1e-15) else { return nil }
    let alpha = factor.solve(values)
    // W = K⁻¹ − α αᵀ; the derivative by a variance θ is tr(W ∂K/∂θ) / 2.
    var weights = factor.inverse()
    weights.values.withUnsafeMutableBufferPointer { weights in
      for row in 0..<count {
        for column in 0...row { weights[row * count + column] -= alpha[row] * alpha[column] }
      }
    }
    var value = factor.halfLogDeterminant
    for index in 0..<count { value += alpha[index] * values[index] / 2 }
    var gradient = zip(grams, parameters).map { gram, variance in
      variance * weights.symmetricTrace(with: gram) / 2
    }
    gradient.append(
      (0..<count).reduce(0.0) { $0 + weights[$1, $1] * noiseShares[$1] } * noise / 2)
    let precision = 1 / (Self.priorDeviation * Self.priorDeviation)
    for index in logs.indices {
      let distance = logs[index] - start[index]
      value += distance * distance * precision / 2
      gradient[index] += distance * precision
    }
    return (value, gradient)
  }
}

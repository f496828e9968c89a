/// A Gaussian process over pairs of complementary coalitions, fitted to the odd or the even parts of a game's values.
///
/// The covariance is Σ_c θ_c k_c + σ² I, with θ and σ² by penalised marginal likelihood of the leading output on at
/// most ``likelihoodPairs`` pairs. All outputs share them and one factorisation.
///
/// A. O'Hagan: "Bayes–Hermite quadrature", J. Statistical Planning and Inference 29, 1991, reads integrals out of such
/// a process; Shapley values are sums, and read out in the same way.
package struct PairProcess {
  /// The most pairs that θ and σ² are fitted to.
  private static let likelihoodPairs = 160

  /// One coalition of each pair.
  let coalitions: Coalitions
  let functions: [KernelFunction]
  /// θ.
  let variances: [Double]
  /// The noise of each pair.
  private let noises: [Double]
  private let factor: Cholesky
  /// The root mean square of each output's values; what follows is in units of it.
  private let scales: [Double]
  /// K⁻¹ y of each output.
  private let coefficients: [[Double]]
  /// The diagonal of K⁻¹.
  private let precisions: [Double]

  /// Fits `values`, one row an output and a number a pair; fails where the covariance cannot be factored.
  ///
  /// - Parameters:
  ///   - weights: ω of the players, for kernels that have weights.
  ///   - noiseShares: σ² of each pair relative to the others.
  ///   - output: The output that θ and σ² are fitted to.
  /// - Complexity: O(*P*³) operations for *P* pairs.
  package init?(
    coalitions: Coalitions, values: [[Double]], kernels: [PairKernel], weights: [Double],
    noiseShares: [Double], leading output: Int
  ) {
    let n = coalitions.playerCount
    let count = coalitions.count
    self.coalitions = coalitions
    let functions = kernels.map { KernelFunction($0, playerCount: n, weights: weights) }
    self.functions = functions
    let playerWeights = kernels.contains(where: \.isWeighted) ? weights : nil
    let scales = values.map { row -> Double in
      let largest = row.map { abs($0) }.max() ?? 0
      guard largest > 0 else { return 0 }
      let square = row.reduce(0) { $0 + ($1 / largest) * ($1 / largest) } / Double(max(1, count))
      return largest * square.squareRoot()
    }
    self.scales = scales
    let normalized = zip(values, scales).map { row, scale in
      row.map { scale > 0 ? $0 / scale : 0 }
    }

    let chosen = Self.spread(Self.likelihoodPairs, over: count)
    var some = Coalitions(playerCount: n)
    for index in chosen { some.append(coalitions[index]) }
    let (variances, noise) = MarginalLikelihood(
      coalitions: some, values: chosen.map { normalized[output][$0] }, functions: functions,
      weights: playerWeights, noiseShares: chosen.map { noiseShares[$0] }
    ).best()
    self.variances = variances
    let noises = noiseShares.map { noise * $0 + MarginalLikelihood.jitter }
    self.noises = noises

    let sum = KernelSum(functions, variances: variances, playerCount: n)
    var matrix = SquareMatrix(order: count)
    var differences = DifferenceRow(
      coalitions: coalitions, weights: playerWeights,
      withNeighbours: functions.contains { $0.kernel.isOfNeighbours })
    for index in 0..<count {
      differences.compare(coalitions[index], with: coalitions, count: index + 1)
      matrix.withRow(index) { sum.fill($0, from: differences, count: index + 1) }
      matrix[index, index] += noises[index]
    }
    guard let factor = Cholesky(matrix, tolerance: 1e-15) else { return nil }
    self.factor = factor
    coefficients = normalized.map { factor.solve($0) }
    precisions = factor.inverseDiagonal()
  }

  /// What each pair's value differs from what all the others predict for it; one row an output.
  package var heldOutResiduals: [[Double]] {
    zip(coefficients, scales).map { row, scale in
      zip(row, precisions).map { scale * $0 / $1 }
    }
  }

  /// What each pair's value differs from the posterior mean; one row an output.
  package var residuals: [[Double]] {
    zip(coefficients, scales).map { row, scale in zip(row, noises).map { scale * $0 * $1 } }
  }

  /// The Shapley values of the posterior mean and their posterior standard deviations, one row an output; for odd
  /// kernels.
  package func shapleyValues() -> (values: [[Double]], deviations: [[Double]]) {
    let covariances = shapleyCovariances()
    var prior = [Double](repeating: 0, count: coalitions.playerCount)
    for (function, variance) in zip(functions, variances) {
      for (player, value) in function.shapleyVariances.enumerated() {
        prior[player] += variance * value
      }
    }
    let posterior = zip(prior, factor.inverseSquares(of: covariances)).map {
      max(0, $0 - $1).squareRoot()
    }
    let values = zip(coefficients, scales).map { row, scale in
      covariances.map { scale * dot($0, row) }
    }
    return (values, scales.map { scale in posterior.map { scale * $0 } })
  }

  /// The Shapley values alone, of one output.
  func shapleyMeans(of output: Int) -> [Double] {
    shapleyCovariances().map { scales[output] * dot($0, coefficients[output]) }
  }

  /// Player by player, the covariances of φ with the pairs' values.
  private func shapleyCovariances() -> [[Double]] {
    let n = coalitions.playerCount
    let count = coalitions.count
    var covariances = [[Double]](repeating: [Double](repeating: 0, count: count), count: n)
    for pair in 0..<count {
      let signs = (0..<n).map { coalitions.contains($0, in: pair) ? 1.0 : -1.0 }
      for (function, variance) in zip(functions, variances) {
        for (player, value) in function.shapleyValues(at: signs).enumerated() {
          covariances[player][pair] += variance * value
        }
      }
    }
    return covariances
  }

  /// The standard deviations of a linear functional of an output before and after the pairs were seen, from its prior
  /// variance and its covariances with the pairs' values in units of the output's scale.
  func deviations(
    prior: Double, covariance: [Double], output: Int
  ) -> (prior: Double, posterior: Double) {
    let posterior = max(0, prior - factor.inverseSquares(of: [covariance])[0])
    return (scales[output] * prior.squareRoot(), scales[output] * posterior.squareRoot())
  }

  /// K⁻¹ y of an output, in its own units.
  func scaledCoefficients(of output: Int) -> [Double] {
    coefficients[output].map { scales[output] * $0 }
  }

  /// How large the errors at pairs left out are, in root mean square, relative to what the process expects, at least 1.
  ///
  /// - Parameter importance: How much each of the first pairs counts; the others do not.
  func heldOutInflation(of output: Int, importance: [Double]) -> Double {
    var squares = 0.0
    var total = 0.0
    for (pair, weight) in importance.prefix(precisions.count).enumerated() {
      squares += weight * coefficients[output][pair] * coefficients[output][pair] / precisions[pair]
      total += weight
    }
    return total > 0 ? max(1, (squares / total).squareRoot()) : 1
  }

  /// `wanted` positions of 0 ..< `count`, evenly spread, the last one among them.
  static func spread(_ wanted: Int, over count: Int) -> [Int] {
    count <= wanted ? Array(0..<count) : (1...wanted).map { $0 * count / wanted - 1 }
  }
}

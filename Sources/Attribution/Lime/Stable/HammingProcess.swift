/// A Gaussian process over coalitions: a game guessed from some of its values.
///
/// C. E. Rasmussen, C. K. I. Williams: "Gaussian Processes for Machine Learning", 2006, chapters 2
/// and 5. Outputs share the kernel.
struct HammingProcess {
  private let coalitions: Coalitions
  private let kernel: HammingKernel
  /// The mean that is taken off an output's values before all else.
  private let means: [Double]
  /// The weight of the kernel around each coalition, for each output.
  private let duals: [[Double]]
  /// What each coalition's value is off the guess, for each output.
  let residuals: [[Double]]
  /// What each coalition's value is off the guess by all others, for each output.
  let leaveOneOut: [[Double]]

  /// Learns `values`, one row an output; fails where the kernel's matrix is singular.
  ///
  /// - Complexity: about *m*³ operations for *m* coalitions.
  init?(_ kernel: HammingKernel, coalitions: Coalitions, values: [[Double]]) {
    let m = coalitions.count
    var matrix = SquareMatrix(order: m)
    for row in 0..<m {
      for column in 0..<row {
        matrix[row, column] = kernel.values[coalitions.distance(row, column, of: coalitions)]
      }
      matrix[row, row] = kernel.values[0] + kernel.noise
    }
    guard let inverse = Cholesky(matrix, tolerance: 1e-12)?.inverse() else { return nil }
    let means = values.map { pairwiseSum($0) / Double(m) }
    let duals = zip(values, means).map { values, mean in
      inverse.multiplied(by: values.map { $0 - mean })
    }
    residuals = duals.map { dual in dual.map { kernel.noise * $0 } }
    leaveOneOut = duals.map { dual in (0..<m).map { dual[$0] / inverse[$0, $0] } }
    self.coalitions = coalitions
    self.kernel = kernel
    self.means = means
    self.duals = duals
  }

  /// The guess for one coalition of another batch, for each output.
  func values(of index: Int, in batch: Coalitions) -> [Double] {
    var sums = means
    for row in 0..<coalitions.count {
      let covariance = kernel.values[coalitions.distance(row, index, of: batch)]
      for output in sums.indices { sums[output] += duals[output][row] * covariance }
    }
    return sums
  }

  /// LIME's limit for the guessed game, for each output.
  ///
  /// - Complexity: O(*m* *n*) operations, and those of ``RemovalMoments``.
  func limit(_ moments: RemovalMoments) -> [LimeLimit] {
    let n = coalitions.playerCount
    let sizes = (0..<coalitions.count).map(coalitions.size)
    var known: [Int: RemovalMoments.Expectation] = [:]
    for size in Set(sizes).sorted() {
      known[size] = moments.expectation(of: kernel.values, aroundSize: size)
    }
    return duals.indices.map { output in
      var mean = 0.0
      var outside = 0.0
      var products = [Double](repeating: 0, count: n)
      for row in 0..<coalitions.count {
        guard let around = known[sizes[row]] else { continue }
        let dual = duals[output][row]
        mean += dual * around.mean
        outside += dual * around.outside
        let difference = dual * (around.inside - around.outside)
        for player in 0..<n where coalitions.contains(player, in: row) {
          products[player] += difference
        }
      }
      let guess = moments.limit(mean: mean, presenceMeans: products.map { $0 + outside })
      return LimeLimit(
        coefficients: guess.coefficients, intercept: guess.intercept + means[output])
    }
  }
}

extension Coalitions {
  /// The number of players in which coalition `index` differs from coalition `other` of `batch`.
  func distance(_ index: Int, _ other: Int, of batch: Coalitions) -> Int {
    var distance = 0
    let (own, foreign) = (index * wordsPerCoalition, other * wordsPerCoalition)
    for word in 0..<wordsPerCoalition {
      distance += (words[own + word] ^ batch.words[foreign + word]).nonzeroBitCount
    }
    return distance
  }
}

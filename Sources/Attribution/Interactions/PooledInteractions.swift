/// Pair interactions estimated from evaluations that were made for Shapley values.
///
/// Interactions of two depend on the even part of a game only, and Shapley values on the odd one: pairs of complementary
/// coalitions tell both. The even parts are fitted by a Gaussian process whose interactions have closed forms.
/// Standard errors are its posterior deviations, enlarged where the process foretold pairs left out worse than it
/// claimed, and by what a strong interaction loses because most pairs have none: the process, for which all are alike,
/// draws it towards 0 by the part of the prior variance that is left.
public enum PooledInteractions {
  /// The most pairs that the process is fitted to.
  private static let trainingPairs = 600
  /// Players no further apart than this interact first of all.
  private static let window = 5
  /// The strongest players all of whose pairs are looked at.
  private static let strongPlayers = 12
  /// Of the other pairs, how many of the strongest are looked at, and how many deviations they must show.
  private static let screened = 100
  private static let screeningDeviations = 3.0

  private static let kernels: [PairKernel] = [
    .interactions(order: 0, weighted: false), .interactions(order: 2, weighted: false),
    .interactions(order: 2, weighted: true), .runs(length: 2), .decay(isOdd: false),
  ]

  /// The interactions that were looked at, of one output.
  ///
  /// - Parameters:
  ///   - shapleyValues: φ of the output; pairs among the strongest players are looked at.
  /// - Complexity: no evaluation, O(*P*³ + *n*² *P*) operations for *P* ≤ 600 pairs of the pool.
  public static func values(
    from pool: PairPool, output: Int, shapleyValues: [Double]
  ) -> [PairInteraction] {
    let n = pool.coalitions.playerCount
    guard n > 1 else { return [] }
    let chosen = PairProcess.spread(trainingPairs, over: pool.coalitions.count)
    var coalitions = Coalitions(playerCount: n)
    for index in chosen { coalitions.append(pool.coalitions[index]) }
    let process = PairProcess(
      coalitions: coalitions, values: [chosen.map { pool.evenParts[output][$0] }],
      kernels: kernels, weights: PlayerWeights.weights(of: shapleyValues),
      noiseShares: chosen.map { _ in 1 }, leading: 0)
    guard let process else { return [] }
    let readOut = InteractionReadOut(process)
    let means = readOut.means
    let strong = Set(
      shapleyValues.indices.sorted { abs(shapleyValues[$0]) > abs(shapleyValues[$1]) }
        .prefix(strongPlayers))
    var near: [Int] = []
    var far: [Int] = []
    for first in 0..<n {
      for second in (first + 1)..<max(n, first + 1) {
        let isNear = second - first <= window || (strong.contains(first) && strong.contains(second))
        if isNear { near.append(first * n + second) } else { far.append(first * n + second) }
      }
    }
    let conspicuous = far.sorted { abs(means[$0]) > abs(means[$1]) }.prefix(screened)
    func interaction(_ index: Int, _ spread: InteractionReadOut.Spread) -> PairInteraction {
      PairInteraction(
        first: index / n, second: index % n, value: means[index],
        standardError: spread.standardError(of: means[index]))
    }
    let screenedFar = conspicuous.compactMap { index in
      let spread = readOut.spread(index / n, index % n)
      return abs(means[index]) > screeningDeviations * spread.deviation
        ? interaction(index, spread) : nil
    }
    return near.map { interaction($0, readOut.spread($0 / n, $0 % n)) } + screenedFar
  }
}

/// The interactions of a process's posterior mean.
private struct InteractionReadOut {
  /// How sure one of them is.
  struct Spread {
    /// The posterior standard deviation.
    let deviation: Double
    /// The part of the prior variance that is left.
    let unknown: Double

    /// The deviation and what a value that stands out has lost, at most nine times itself.
    func standardError(of mean: Double) -> Double {
      let unknown = min(unknown, 0.9)
      let lost = unknown / (1 - unknown) * mean
      return (deviation * deviation + lost * lost).squareRoot()
    }
  }

  private let process: PairProcess
  private let signs: [[Double]]
  private let sizes: [Int]
  private let readOuts: [KernelFunction.PairReadOut]
  /// How much larger the errors of pairs left out are than the process expects, at least 1.
  private let inflation: Double

  init(_ process: PairProcess) {
    self.process = process
    let n = process.coalitions.playerCount
    signs = process.coalitions.indices.map { pair in
      (0..<n).map { process.coalitions.contains($0, in: pair) ? 1 : -1 }
    }
    sizes = process.coalitions.indices.map { process.coalitions.size(of: $0) }
    readOuts = process.functions.map(\.pairReadOut)
    inflation = process.heldOutInflation(
      of: 0, importance: process.coalitions.indices.map { _ in 1 })
  }

  /// I_ij at *n* i + j for i < j.
  var means: [Double] {
    let n = process.coalitions.playerCount
    var means = [Double](repeating: 0, count: n * n)
    let coefficients = process.scaledCoefficients(of: 0)
    for pair in signs.indices {
      for (kernel, function) in process.functions.enumerated() {
        let factor = process.variances[kernel] * coefficients[pair]
        for first in 0..<n {
          for second in (first + 1)..<max(n, first + 1) {
            means[first * n + second] +=
              factor
              * function.interaction(
                first, second, signs: signs[pair], size: sizes[pair], readOut: readOuts[kernel])
          }
        }
      }
    }
    return means
  }

  func spread(_ first: Int, _ second: Int) -> Spread {
    var prior = 0.0
    var covariance = [Double](repeating: 0, count: signs.count)
    for (kernel, function) in process.functions.enumerated() {
      let variance = process.variances[kernel]
      prior += variance * function.interactionVariance(first, second)
      for pair in signs.indices {
        covariance[pair] +=
          variance
          * function.interaction(
            first, second, signs: signs[pair], size: sizes[pair], readOut: readOuts[kernel])
      }
    }
    let (before, after) = process.deviations(prior: prior, covariance: covariance, output: 0)
    return Spread(
      deviation: inflation * after, unknown: before > 0 ? after * after / (before * before) : 0)
  }
}

/// Gaussian processes fitted to the first pairs of a design: one of the odd part of the game, and those behind links.
struct SmoothSurrogates {
  /// The most pairs that processes learn, unless players are many.
  private static let trainingPairs = 500
  /// The noise of v(N) − v(∅) relative to that of other pairs: the values must add up to it.
  private static let endsNoise = 1e-4

  private static let kernels: [PairKernel] = [
    .interactions(order: 1, weighted: false), .interactions(order: 3, weighted: true),
    .runs(length: 3), .decay(isOdd: true), .length,
    .neighbours(isOdd: true),
  ]

  /// Those of the pairs that were learnt.
  private let coalitions: Coalitions
  private let emulators: [LinkEmulator]
  /// The outputs that the emulators have.
  private let bounded: [Int]
  private let pairCount: Int
  /// Posterior standard deviations of φ as the process of the odd part has them, enlarged where it foretold pairs left
  /// out worse than it claimed; one row an output.
  let deviations: [[Double]]
  /// Of each output: the process of the odd part, then the emulators.
  let candidates: [[SurrogateCandidate]]

  /// Fails where no covariance can be factored.
  ///
  /// - Complexity: O(*P*³) operations for *P* pairs that are learnt, at most 500 or 3*n*/2, and O(*P* *n*)
  ///   for each of the others.
  init?(_ data: PairData) {
    let n = data.pairs.playerCount
    let learnt = Self.learntPairs(of: data.pairs.count, playerCount: n)
    var training = data.pairs.picked(learnt)
    training.appendGrand()
    /// The values that belong to the training pairs.
    func values(_ pairs: [Double], _ end: Double) -> [Double] {
      learnt.map { pairs[$0] } + [end]
    }
    let noiseShares = [Double](repeating: 1, count: training.count - 1) + [Self.endsNoise]
    let leading = data.leading
    let weights = PlayerWeights.weights(pairs: data.pairs, halves: data.halves[leading])
    let base = PairProcess(
      coalitions: training,
      values: data.halves.indices.map { output in
        values(data.halves[output], (data.ends[output].grand - data.ends[output].empty) / 2)
      },
      kernels: PairKernel.kernels(Self.kernels, in: data.parts), weights: weights,
      noiseShares: noiseShares, leading: leading)
    guard let base else { return nil }
    let bounded = data.bounded
    let emulators =
      (bounded.isEmpty || !data.parts.contains(.links) ? [] : Link.allCases).compactMap { link in
        LinkEmulator(
          link, parts: data.parts, coalitions: training,
          present: bounded.map {
            values(data.present[$0], data.ends[$0].grand)
          },
          absent: bounded.map {
            values(data.absent[$0], data.ends[$0].empty)
          },
          weights: weights, noiseShares: noiseShares,
          leading: bounded.firstIndex(of: leading) ?? 0)
      }
    let read = base.shapleyValues()
    coalitions = training
    self.emulators = emulators
    self.bounded = bounded
    pairCount = data.pairs.count
    let importance = values(data.importance, 0)
    deviations = read.deviations.enumerated().map { output, deviations in
      let inflation = base.heldOutInflation(of: output, importance: importance)
      return deviations.map { inflation * $0 }
    }

    // What the surrogates have for the pairs that they did not learn.
    let isLearnt = Set(learnt)
    let others = data.pairs.indices.filter { !isLearnt.contains($0) }
    let beyond = data.pairs.picked(others)
    /// What something has for them; nothing is prepared where there are none.
    func predicted(_ values: (Coalitions) -> [Double]) -> [Double] {
      others.isEmpty ? [] : values(beyond)
    }
    func candidate(
      _ values: [Double]?, _ output: Int, _ fitted: (residuals: [Double], heldOut: [Double]),
      _ predicted: [Double]
    ) -> SurrogateCandidate {
      var residuals = data.halves[output]
      for (index, pair) in others.enumerated() { residuals[pair] -= predicted[index] }
      var heldOut = residuals
      for (index, pair) in learnt.enumerated() {
        residuals[pair] = fitted.residuals[index]
        heldOut[pair] = fitted.heldOut[index]
      }
      return SurrogateCandidate(values: values, residuals: residuals, heldOut: heldOut)
    }
    var candidates = data.halves.indices.map { output in
      [
        candidate(
          read.values[output], output,
          (base.residuals[output], base.heldOutResiduals[output]),
          predicted { PosteriorMean(base, output: output).values(at: $0) })
      ]
    }
    for emulator in emulators {
      for (index, output) in bounded.enumerated() {
        candidates[output].append(
          candidate(
            nil, output, (emulator.residuals[index], emulator.heldOutResiduals[index]),
            predicted { emulator.mean(of: index).oddParts(at: $0) }))
      }
    }
    self.candidates = candidates
  }

  /// The positions of the pairs to learn: the first ones, but not so many that hardly any beside those of single
  /// players are among them.
  private static func learntPairs(of count: Int, playerCount n: Int) -> [Int] {
    let most = max(trainingPairs, 3 * n / 2)
    guard count > most else { return Array(0..<count) }
    guard 3 * n > most else { return Array(0..<most) }
    return Array(0..<n) + PairProcess.spread(most - n, over: count - n).map { n + $0 }
  }

  /// What the emulators have for φ, weighted as they count, and standard errors of the simulation.
  ///
  /// - Parameters:
  ///   - weights: Of each output, the weights of its candidates.
  ///   - tolerated: Of each output, the sum of squared errors that matters little.
  func simulated(
    weights: [[Double]], tolerated: [Double], seed: UInt64
  ) -> (values: [[Double]], standardErrors: [[Double]]) {
    let n = coalitions.playerCount
    var values = weights.map { _ in [Double](repeating: 0, count: n) }
    var errors = values
    for (index, output) in bounded.enumerated() {
      let counting = emulators.indices.filter { weights[output][1 + $0] > 0 }
      guard !counting.isEmpty else { continue }
      (values[output], errors[output]) = EmulatorSimulation(
        counting.map { emulators[$0] }, weights: counting.map { weights[output][1 + $0] },
        output: index, coalitions: coalitions
      ).shapleyValues(
        seed: seed, pairs: pairCount, outputs: bounded.count, tolerated: tolerated[output])
    }
    return (values, errors)
  }
}

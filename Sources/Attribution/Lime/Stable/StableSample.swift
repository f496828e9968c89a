/// The evaluations of a stable LIME so far, and the regressions on them.
struct StableSample {
  private let game: any Game
  private let batchSize: Int
  private var coalitions: Coalitions
  /// The values of each output, the grand coalition's apart.
  private var values: [[Double]]
  private var grandValues: [Double] = []
  /// The number of evaluations of equal weight that would tell as much as those fitted last.
  private(set) var effectiveCount = 1.0
  private var emulator: GameEmulator?
  private let kernelWidth: Double
  private let seed: UInt64
  private var simulation: LimitSimulation?

  init(game: any Game, options: LimeOptions, batchSize: Int) {
    self.game = game
    kernelWidth = options.kernelWidth
    seed = options.seed
    self.batchSize = batchSize
    coalitions = Coalitions(playerCount: game.playerCount)
    values = Array(repeating: [], count: game.outputCount)
  }

  /// The number of distinct evaluations, the grand coalition's included.
  var evaluationCount: Int { coalitions.count + 1 }

  /// Evaluates the next coalitions of `design`, until there are `count`.
  mutating func extend(with design: Coalitions, to count: Int) throws {
    var batch = Coalitions(playerCount: design.playerCount)
    let isFirst = grandValues.isEmpty
    if isFirst { batch.appendGrand() }
    for row in coalitions.count..<count {
      batch.append(design[row])
      coalitions.append(design[row])
    }
    let found = try EvaluationBatches.values(of: batch, in: game, batchSize: batchSize)
    let outputs = game.outputCount
    if isFirst { grandValues = Array(found.prefix(outputs)) }
    for start in stride(from: isFirst ? outputs : 0, to: found.count, by: outputs) {
      for output in 0..<outputs { values[output].append(found[start + output]) }
    }
  }

  /// The surrogate of each output by the rows so far, which begin `design`.
  ///
  /// - Parameter isComplete: Whether no other coalition counts.
  mutating func fits(_ design: NestedDesign, isComplete: Bool) -> [LimeSurrogate] {
    let n = coalitions.playerCount
    let (weights, inclusion) = design.weights(first: coalitions.count)
    let regression = PresenceLeastSquares(
      coalitions: coalitions, weights: weights, minimumRows: isComplete ? n + 1 : n + 2)
    effectiveCount = regression?.effectiveCount ?? 1
    var surrogates = values.indices.map(mean)
    let varying = values.indices.filter { !isConstant($0) }
    guard let regression, !varying.isEmpty else { return surrogates }
    let isExact = isComplete && !regression.isPenalised
    let targets = varying.map { values[$0] }
    var estimates = LimitEstimate.leastSquares(regression, targets, inclusion: inclusion)
    if !isExact, !estimates.allSatisfy(\.isLinear) {
      if emulator?.extend(to: coalitions, values: targets) != true {
        emulator = GameEmulator(coalitions: coalitions, values: targets)
      }
      let limits = emulator?.limits(RemovalMoments(design.law))
      for index in targets.indices {
        let process = emulator.flatMap { emulator in
          limits.map { limits in
            EmulatedOutput(
              limit: limits[index], variance: 0, residuals: emulator.residuals[index],
              heldOutResiduals: emulator.heldOutResiduals[index])
          }
        }
        let best =
          pairwise(targets[index], weights, regression, near: estimates[index].limit, than: process)
          ?? process
        if let best { estimates[index].improve(by: best, regression, inclusion: inclusion) }
      }
    }
    for (index, output) in varying.enumerated() {
      let estimate = estimates[index]
      let coefficients = estimate.limit.coefficients
      let fidelity = regression.fidelity(
        of: regression.residuals(of: estimate.limit, in: values[output]), to: values[output])
      surrogates[output] = LimeSurrogate(
        coefficients: coefficients, selected: Array(0..<n), intercept: estimate.limit.intercept,
        localPrediction: coefficients.reduce(estimate.limit.intercept, +), fidelity: fidelity,
        isConstant: false, isExact: isExact,
        standardErrors: isExact ? Array(repeating: 0, count: n) : estimate.standardErrors,
        heldOutFidelity: isExact ? fidelity : estimate.heldOutFidelity)
    }
    return surrogates
  }

  /// The pairwise emulator of an output, if it predicts held-out values better than `other`.
  private mutating func pairwise(
    _ values: [Double], _ weights: [Double], _ regression: PresenceLeastSquares,
    near linear: LimeLimit, than other: EmulatedOutput?
  ) -> EmulatedOutput? {
    let emulator = PairwiseEmulator(
      coalitions: coalitions, values: values, weights: weights, regression)
    guard let emulator else { return nil }
    if let other,
      regression.meanSquare(of: other.heldOutResiduals)
        <= regression.meanSquare(of: emulator.heldOutResiduals)
    {
      return nil
    }
    let simulation =
      simulation
      ?? LimitSimulation(
        playerCount: coalitions.playerCount, kernelWidth: kernelWidth, seed: seed)
    self.simulation = simulation
    let (limit, variance) = simulation.limit(of: emulator.values, near: linear)
    return EmulatedOutput(
      limit: limit, variance: variance, residuals: emulator.residuals,
      heldOutResiduals: emulator.heldOutResiduals)
  }

  /// The surrogate that the two coalitions of one player determine.
  func twoPointFit(_ output: Int) -> LimeSurrogate {
    if isConstant(output) { return mean(output) }
    let (empty, grand) = (values[output][0], grandValues[output])
    return LimeSurrogate(
      coefficients: [grand - empty], selected: [0], intercept: empty, localPrediction: grand,
      fidelity: 1, isConstant: false, isExact: true, standardErrors: [0], heldOutFidelity: 1)
  }

  /// The surrogate that gives no player anything, which is right where an output does not vary.
  private func mean(_ output: Int) -> LimeSurrogate {
    let n = coalitions.playerCount
    let zeros = [Double](repeating: 0, count: n)
    let isRight = isConstant(output)
    let value = isRight ? grandValues[output] : values[output][0]
    return LimeSurrogate(
      coefficients: zeros, selected: Array(0..<n), intercept: value, localPrediction: value,
      fidelity: isRight ? 1 : 0, isConstant: isRight, standardErrors: isRight ? zeros : nil,
      heldOutFidelity: isRight ? 1 : nil)
  }

  /// Whether an output varies by rounding errors at most.
  private func isConstant(_ output: Int) -> Bool {
    isConstantUpToRounding(values[output] + [grandValues[output]])
  }
}

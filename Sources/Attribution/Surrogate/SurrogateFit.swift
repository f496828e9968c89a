/// Shapley values from the pairs that were evaluated: surrogates, stacked, with a correction for what they miss.
struct SurrogateFit {
  /// The most pairs that surrogates are fitted to; the others correct them.
  private static let trainingPairs = envInt("AB_TRAIN", 500)
  /// The noise of v(N) − v(∅) relative to that of other pairs: the values must add up to it.
  private static let endsNoise = 1e-4

  private static let kernels: [PairKernel] = envKernels("AB_BASE", [
    .interactions(order: 1, weighted: false), .interactions(order: 3, weighted: false),
    .interactions(order: 3, weighted: true), .runs(length: 3), .decay(isOdd: true), .length,
    .neighbours(isOdd: true),
  ])

  /// φ, one row an output.
  private(set) var values: [[Double]] = []
  /// The standard errors of φ.
  private(set) var standardErrors: [[Double]] = []

  /// What one surrogate says of one output.
  private struct Candidate {
    var values: [Double]
    /// What the simulation of its Shapley values leaves open.
    var simulationErrors: [Double]
    /// See ``ResidualCorrection``.
    var residuals: [Double]
    var heldOut: [Double]
  }

  /// - Parameters:
  ///   - present: v(S) of each output and pair of the design.
  ///   - absent: v(N∖S) of each output and pair.
  ///   - ends: v(∅) and v(N) of each output.
  init(
    design: NestedPairDesign, present: [[Double]], absent: [[Double]],
    ends: [(empty: Double, grand: Double)], seed: UInt64
  ) throws {
    let n = design.coalitions.playerCount
    let pairs = design.coalitions.count
    let halves = zip(present, absent).map { zip($0, $1).map { ($0 - $1) / 2 } }
    let leading = halves.indices.max { dot(halves[$0], halves[$0]) < dot(halves[$1], halves[$1]) }
    let trained = min(pairs, Self.trainingPairs)
    var training = Coalitions(playerCount: n)
    for pair in 0..<trained { training.append(design.coalitions[pair]) }
    training.appendGrand()
    let noiseShares = [Double](repeating: 1, count: trained) + [Self.endsNoise]
    let playerWeights = PlayerWeights.weights(
      pairs: design.coalitions, halves: halves[leading ?? 0])
    let base = PairProcess(
      coalitions: training,
      values: zip(halves, ends).map { $0.prefix(trained) + [($1.grand - $1.empty) / 2] },
      kernels: Self.kernels,
      weights: playerWeights,
      noiseShares: noiseShares, leading: leading ?? 0)

    var candidates = halves.map { _ in [Candidate]() }
    var deviations = halves.map { _ in [Double](repeating: .infinity, count: n) }
    if let base {
      let read = base.shapleyValues()
      deviations = read.deviations
      let linkable = halves.indices.filter { output in
        (present[output] + absent[output] + [ends[output].empty, ends[output].grand])
          .allSatisfy { $0 > 0 && $0 < 1 }
      }
      let emulators = (linkable.isEmpty ? [] : Link.allCases).compactMap { link in
        LinkEmulator(
          link, coalitions: training,
          present: linkable.map { present[$0].prefix(trained) + [ends[$0].grand] },
          absent: linkable.map { absent[$0].prefix(trained) + [ends[$0].empty] },
          weights: playerWeights, noiseShares: noiseShares, leading: linkable.firstIndex(of: leading ?? 0) ?? 0)
      }
      let surrogates = SurrogateGame(base: base, emulators: emulators, outputs: linkable)
      let simulated = emulators.isEmpty ? nil : try surrogates.shapleyValues(seed: seed)
      // What the surrogates have for the pairs that they were not fitted to.
      let beyond = surrogates.oddParts(at: design.coalitions.suffix(from: trained))
      func residuals(
        _ fitted: [Double], _ output: Int, _ predicted: [Double]
      ) -> [Double] {
        fitted.prefix(trained) + zip(halves[output].dropFirst(trained), predicted).map { $0 - $1 }
      }
      for output in halves.indices {
        let predicted = beyond.base[output]
        candidates[output].append(
          Candidate(
            values: read.values[output], simulationErrors: [Double](repeating: 0, count: n),
            residuals: residuals(base.residuals[output], output, predicted),
            heldOut: residuals(base.heldOutResiduals[output], output, predicted)))
      }
      for (link, emulator) in emulators.enumerated() {
        for (index, output) in linkable.enumerated() {
          guard let simulated else { continue }
          let column = link * linkable.count + index
          let predicted = beyond.emulated[link][index]
          candidates[output].append(
            Candidate(
              values: zip(read.values[output], simulated.values[column]).map { $0 + $1 },
              simulationErrors: simulated.standardErrors?[column]
                ?? [Double](repeating: 0, count: n),
              residuals: residuals(emulator.residuals[index], output, predicted),
              heldOut: residuals(emulator.heldOutResiduals[index], output, predicted)))
        }
      }
    }
    let mode = pairs > 4 * n ? envInt("AB_TREES", 3) : 0
    if mode > 0 {
      for output in halves.indices {
        let trees =
          mode == 2
          ? BoostedTrees(
            coalitions: design.coalitions, present: halves[output],
            absent: halves[output].map { -$0 })
          : BoostedTrees(
            coalitions: design.coalitions, present: present[output], absent: absent[output])
        guard let trees else { continue }
        candidates[output].append(
          Candidate(
            values: trees.values,
            simulationErrors: [Double](repeating: 0, count: n),
            residuals: zip(halves[output], trees.fitted).map { $0 - $1 },
            heldOut: zip(halves[output], trees.heldOut).map { $0 - $1 }))
      }
    }
    let correction = ResidualCorrection(design: design)
    for output in halves.indices {
      finish(
        candidates[output], deviations: deviations[output], correction: correction,
        correctionDesign: design,
        halves: halves[output], sum: ends[output].grand - ends[output].empty)
    }
  }

  /// Stacks the candidates of one output, corrects, and makes the values add up.
  private mutating func finish(
    _ candidates: [Candidate], deviations: [Double], correction: ResidualCorrection,
    correctionDesign: NestedPairDesign,
    halves: [Double], sum: Double
  ) {
    let n = deviations.count
    var phi = [Double](repeating: 0, count: n)
    var simulationErrors = phi
    var residuals = [Double](repeating: 0, count: halves.count)
    var heldOut = residuals
    let importance = zip(correctionDesign.regressionWeights, correctionDesign.inclusion).map {
      switch envInt("AB_STACK", 3) {
      case 0: 1.0
      case 1: $0 * (1 - $1) + 1e-12
      case 2: $0
      default: 1 - $1 + 1e-12
      }
    }.map { $0.squareRoot() }
    let weights = Stacking.weights(candidates.map { zip($0.heldOut, importance).map { $0 * $1 } })
    for (candidate, weight) in zip(candidates, weights) where weight > 0 {
      for player in phi.indices {
        phi[player] += weight * candidate.values[player]
        simulationErrors[player] += weight * candidate.simulationErrors[player]
      }
      for pair in residuals.indices {
        residuals[pair] += weight * candidate.residuals[pair]
        heldOut[pair] += weight * candidate.heldOut[pair]
      }
    }
    if candidates.isEmpty { (residuals, heldOut) = (halves, halves) }
    // The base process knows how its error spreads over the players; a better candidate's is smaller all over.
    let own = candidates.first.map { dot($0.heldOut, $0.heldOut) } ?? 0
    let gain = own > 0 ? min(1, (dot(heldOut, heldOut) / own).squareRoot()) : 1
    let corrected = correction.correction(residuals: residuals, heldOut: heldOut)
    var errors = [Double](repeating: 0, count: n)
    for player in phi.indices {
      phi[player] += corrected?.values[player] ?? 0
      let sampling = max(gain * deviations[player], corrected?.standardErrors[player] ?? 0)
      let simulation = simulationErrors[player]
      errors[player] = (sampling * sampling + simulation * simulation).squareRoot()
    }
    let gap = sum - phi.reduce(0, +)
    let squares = dot(errors, errors)
    for player in phi.indices {
      phi[player] += squares > 0 ? gap * errors[player] * errors[player] / squares : gap / Double(n)
    }
    // What is left is rounding.
    let rest = (sum - pairwiseSum(phi)) / Double(n)
    values.append(phi.map { $0 + rest })
    standardErrors.append(errors)
  }
}

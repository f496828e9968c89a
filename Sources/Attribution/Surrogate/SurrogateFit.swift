/// Shapley values from the pairs that were evaluated: surrogates, stacked, with a correction for what they miss.
struct SurrogateFit {
  /// The most pairs that surrogates are fitted to; the others correct them.
  private static let trainingPairs = 1500
  /// The most evaluations of an emulator, whose own Shapley values are found by sampling.
  private static let simulations = 1 << 13
  /// The noise of v(N) − v(∅) relative to that of other pairs: the values must add up to it.
  private static let endsNoise = 1e-4

  private static let kernels: [PairKernel] = [
    .interactions(order: 1, weighted: false), .interactions(order: 3, weighted: false),
    .interactions(order: 3, weighted: true), .runs(length: 3), .decay(isOdd: true), .length,
  ]

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
    let base = PairProcess(
      coalitions: training,
      values: zip(halves, ends).map { $0.prefix(trained) + [($1.grand - $1.empty) / 2] },
      kernels: Self.kernels,
      weights: PairedRidge.playerWeights(pairs: design.coalitions, halves: halves[leading ?? 0]),
      noiseShares: noiseShares, leading: leading ?? 0)

    let others = design.coalitions.suffix(from: trained)
    var candidates = halves.map { _ in [Candidate]() }
    var deviations = halves.map { _ in [Double](repeating: .infinity, count: n) }
    if let base {
      let read = base.shapleyValues()
      deviations = read.deviations
      let beyond = base.means(at: others)
      for output in halves.indices {
        let missed = zip(halves[output].dropFirst(trained), beyond[output]).map { $0 - $1 }
        candidates[output].append(
          Candidate(
            values: read.values[output], simulationErrors: [Double](repeating: 0, count: n),
            residuals: base.residuals[output].prefix(trained) + missed,
            heldOut: base.heldOutResiduals[output].prefix(trained) + missed))
      }
      let linkable = halves.indices.filter { output in
        (present[output] + absent[output] + [ends[output].empty, ends[output].grand])
          .allSatisfy { $0 > 0 && $0 < 1 }
      }
      for link in Link.allCases where !linkable.isEmpty {
        let emulator = LinkEmulator(
          link, coalitions: training,
          present: linkable.map { present[$0].prefix(trained) + [ends[$0].grand] },
          absent: linkable.map { absent[$0].prefix(trained) + [ends[$0].empty] },
          noiseShares: noiseShares, leading: linkable.firstIndex(of: leading ?? 0) ?? 0)
        guard let emulator else { continue }
        let game = EmulatorGame(
          emulator: emulator, base: base, outputs: linkable, playerCount: n)
        let simulated = try Self.simulated(game, seed: seed)
        let beyond = emulator.oddParts(at: others)
        for (index, output) in linkable.enumerated() {
          let missed = zip(halves[output].dropFirst(trained), beyond[index]).map { $0 - $1 }
          candidates[output].append(
            Candidate(
              values: zip(read.values[output], simulated.values[index]).map { $0 + $1 },
              simulationErrors: simulated.standardErrors?[index]
                ?? [Double](repeating: 0, count: n),
              residuals: emulator.residuals[index].prefix(trained) + missed,
              heldOut: emulator.heldOutResiduals[index].prefix(trained) + missed))
        }
      }
    }
    let correction = ResidualCorrection(design: design)
    for output in halves.indices {
      finish(
        candidates[output], deviations: deviations[output], correction: correction,
        halves: halves[output], sum: ends[output].grand - ends[output].empty)
    }
  }

  /// The Shapley values of what the emulator says beyond the base process.
  private static func simulated(_ game: EmulatorGame, seed: UInt64) throws -> ShapleyValues {
    1 << min(game.playerCount, 30) <= simulations
      ? try ExactShapley().values(of: game)
      : try KernelShapley(budget: max(simulations, 4 * game.playerCount + 2), seed: seed)
        .values(of: game)
  }

  /// Stacks the candidates of one output, corrects, and makes the values add up.
  private mutating func finish(
    _ candidates: [Candidate], deviations: [Double], correction: ResidualCorrection,
    halves: [Double], sum: Double
  ) {
    let n = deviations.count
    var phi = [Double](repeating: 0, count: n)
    var simulationErrors = phi
    var residuals = [Double](repeating: 0, count: halves.count)
    var heldOut = residuals
    let weights = Stacking.weights(candidates.map(\.heldOut))
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

/// What an emulator says of a coalition beyond a process.
private final class EmulatorGame: Game {
  let playerCount: Int
  let outputCount: Int
  private let emulator: LinkEmulator
  private let base: PairProcess
  private let outputs: [Int]

  init(emulator: LinkEmulator, base: PairProcess, outputs: [Int], playerCount: Int) {
    self.emulator = emulator
    self.base = base
    self.outputs = outputs
    self.playerCount = playerCount
    outputCount = outputs.count
  }

  func values(of coalitions: Coalitions) -> [Double] {
    let emulated = emulator.oddParts(at: coalitions)
    let expected = base.means(at: coalitions)
    return coalitions.indices.flatMap { index in
      outputs.indices.map { emulated[$0][index] - expected[outputs[$0]][index] }
    }
  }
}

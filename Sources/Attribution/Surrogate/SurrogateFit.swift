/// Shapley values from the pairs that were evaluated: surrogates, stacked, with a correction for what they miss.
struct SurrogateFit {
  /// Trees are grown on more pairs than this a player, where the others miss more than this of the squares of the
  /// values left out: with fewer or less they add noise.
  private static let treePairs = 4
  private static let treeShare = 1e-3
  /// What simulation may add to the expected squared error.
  private static let simulationShare = 0.02

  /// φ, one row an output.
  private(set) var values: [[Double]] = []
  /// The standard errors of φ.
  private(set) var standardErrors: [[Double]] = []

  init(_ data: PairData, seed: UInt64) throws {
    let n = data.pairs.playerCount
    let smooth = SmoothSurrogates(data)
    var candidates = smooth?.candidates ?? data.halves.map { _ in [] }
    if data.pairs.count > Self.treePairs * n, data.parts.contains(.trees) {
      for output in candidates.indices
      where Self.isMissed(candidates[output], data.halves[output]) {
        let trees = BoostedTrees(
          coalitions: data.pairs, present: data.present[output], absent: data.absent[output])
        guard let trees else { continue }
        candidates[output].append(trees.candidate(for: data.halves[output]))
      }
    }
    let importance = data.importance.map { ($0 + 1e-12).squareRoot() }
    let weights = candidates.map { row in
      Stacking.weights(row.map { zip($0.heldOut, importance).map { $0 * $1 } })
    }
    let mixtures = candidates.indices.map { output in
      candidates[output].isEmpty
        ? SurrogateCandidate(
          values: [Double](repeating: 0, count: n), residuals: data.halves[output],
          heldOut: data.halves[output])
        : .mixture(candidates[output], weights: weights[output], playerCount: n)
    }
    // The base process knows how its error spreads over the players; a better mixture's is smaller all over.
    let deviations = candidates.indices.map { output in
      let own = candidates[output].first.map { dot($0.heldOut, $0.heldOut) } ?? 0
      let mixed = dot(mixtures[output].heldOut, mixtures[output].heldOut)
      let gain = own > 0 ? min(1, (mixed / own).squareRoot()) : 1
      // Without surrogates, what the values do from one pair to the next.
      let square = dot(data.halves[output], data.halves[output]) / Double(data.pairs.count)
      return smooth?.deviations[output].map { gain * $0 }
        ?? [Double](repeating: 2 * square.squareRoot(), count: n)
    }
    let simulated = try smooth?.simulated(
      weights: weights, tolerated: deviations.map { Self.simulationShare * dot($0, $0) },
      seed: seed)
    let corrections =
      data.parts.contains(.correction)
      ? ResidualCorrection(design: data.design).corrections(of: mixtures) : []
    for output in candidates.indices {
      finish(
        mixtures[output], deviations: deviations[output],
        simulated: simulated.map { ($0.values[output], $0.standardErrors[output]) },
        corrected: corrections.isEmpty ? nil : corrections[output],
        sum: data.ends[output].grand - data.ends[output].empty)
    }
  }

  /// Whether the best of the candidates misses more than trees do even where they are good.
  private static func isMissed(_ candidates: [SurrogateCandidate], _ halves: [Double]) -> Bool {
    guard let best = candidates.map({ dot($0.heldOut, $0.heldOut) }).min() else { return true }
    return best > treeShare * dot(halves, halves)
  }

  /// Puts the parts of one output together and makes the values add up.
  private mutating func finish(
    _ mixture: SurrogateCandidate, deviations: [Double],
    simulated: (values: [Double], errors: [Double])?,
    corrected: (values: [Double], standardErrors: [Double])?, sum: Double
  ) {
    let n = deviations.count
    var phi = mixture.values ?? deviations.map { _ in 0 }
    var errors = [Double](repeating: 0, count: n)
    for player in phi.indices {
      phi[player] += (simulated?.values[player] ?? 0) + (corrected?.values[player] ?? 0)
      let sampling = max(deviations[player], corrected?.standardErrors[player] ?? 0)
      let simulation = simulated?.errors[player] ?? 0
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

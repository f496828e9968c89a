/// Shapley values from the pairs that were evaluated: surrogates, stacked, with a correction for what they miss.
struct SurrogateFit {
  /// Rules are learnt from more pairs than this a player, and trees are grown, where the others miss more than a part of
  /// the squares of the values left out: with fewer or less they add noise.
  private static let rulePairs = 2
  private static let ruleShare = 1e-6
  /// The most evaluations times *n*² times outputs.
  private static let ruleWork = 50_000_000
  private static let treePairs = 4
  private static let treeShare = 1e-3
  /// What simulation may add to the expected squared error.
  private static let simulationShare = 0.02

  /// φ, one row an output.
  var values: [[Double]]
  /// The standard errors of φ.
  var standardErrors: [[Double]]

  init(values: [[Double]], standardErrors: [[Double]]) {
    self.values = values
    self.standardErrors = standardErrors
  }

  init(_ data: PairData, seed: UInt64) throws {
    self.init(values: [], standardErrors: [])
    let n = data.pairs.playerCount
    let smooth = SmoothSurrogates(data)
    var candidates = smooth?.candidates ?? data.halves.map { _ in [] }
    var rules = candidates.map { _ in SparseRules?.none }
    let ruled = Self.ruledOutputs(of: data).filter {
      Self.isMissed(Self.ruleShare, by: candidates[$0], data.halves[$0])
    }
    let table = ruled.isEmpty ? nil : RuleTable(pairs: data.pairs)
    /// What the best candidate so far misses.
    func missed(_ output: Int) -> [Double] {
      candidates[output].map(\.heldOut).min { dot($0, $0) < dot($1, $1) } ?? data.halves[output]
    }
    for output in ruled {
      rules[output] = table.flatMap {
        SparseRules(data, output: output, table: $0, others: missed(output))
      }
      if let rules = rules[output] { candidates[output].append(rules.candidate) }
    }
    if data.pairs.count > Self.treePairs * n, data.parts.contains(.trees) {
      for output in candidates.indices
      where Self.isMissed(Self.treeShare, by: candidates[output], data.halves[output]) {
        let trees = BoostedTrees(
          coalitions: data.pairs, present: data.present[output], absent: data.absent[output],
          others: missed(output))
        guard let trees else { continue }
        candidates[output].append(trees.candidate(for: data.halves[output]))
      }
    }
    let importance = data.importance.map { ($0 + 1e-12).squareRoot() }
    let weights = candidates.map { row in
      Stacking.weights(row.map { zip($0.heldOut, importance).map { $0 * $1 } })
    }
    let ruleWeights = rules.indices.map { output in
      rules[output] == nil ? nil : weights[output][smooth?.candidates[output].count ?? 0]
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
    let tolerated = deviations.map { Self.simulationShare * dot($0, $0) }
    let simulated = smooth?.simulated(
      weights: weights, tolerated: tolerated, seed: seed)
    let corrections =
      data.parts.contains(.correction)
      ? ResidualCorrection(sample: data.sample).corrections(of: mixtures, deviations: deviations)
      : []
    for output in candidates.indices {
      var simulations = simulated.map { [($0.values[output], $0.standardErrors[output])] } ?? []
      if let rules = rules[output], let weight = ruleWeights[output], weight > 0 {
        let found = try rules.shapleyValues(
          seed: seed, tolerated: tolerated[output] / (weight * weight))
        // A rule may be silent in all pairs.
        let unseen = unseenShare(of: 2 * data.pairs.count) * data.range(of: output)
        simulations.append(
          (
            found.values.map { weight * $0 },
            found.standardErrors.map { weight * ($0 * $0 + unseen * unseen).squareRoot() }
          ))
      }
      finish(
        mixtures[output], deviations: deviations[output], simulated: simulations,
        corrected: corrections.isEmpty ? nil : corrections[output],
        sum: data.ends[output].grand - data.ends[output].empty)
    }
    UnseenMiddle(data).widen(&self)
    // However well all pairs are foretold, some that were not evaluated may not be. What those would do is taken to be as
    // much as values differ, of which tolerances are parts, too; words that do little have a smaller part in it.
    let unseen = unseenShare(of: 2 * data.pairs.count)
    for output in values.indices {
      let least = unseen * values[output].spread
      standardErrors[output] = standardErrors[output].map { max($0, least) }
    }
    spreadErrors()
  }

  /// Spreads half of the squared standard errors of an output over the players by √|φ|; where they are alike their sum
  /// stays.
  ///
  /// Residuals tell how wrong values are on average, for in pairs of complements every player takes part alike. But what
  /// a surrogate misses is interactions, which players that do little have little of.
  private mutating func spreadErrors() {
    for output in values.indices {
      let strengths = values[output].map { abs($0).squareRoot() }
      let total = strengths.reduce(0, +)
      guard total > 0 else { continue }
      for player in strengths.indices {
        let share = Double(strengths.count) * strengths[player] / total
        standardErrors[output][player] *= ((1 + share) / 2).squareRoot()
      }
    }
  }

  /// The outputs that rules are learnt for: all, or the leading one, or none, as their work allows.
  private static func ruledOutputs(of data: PairData) -> [Int] {
    let n = data.pairs.playerCount
    guard data.parts.contains(.rules), data.pairs.count > rulePairs * n else { return [] }
    let most = ruleWork / (2 * n * n * data.pairs.count)
    return most >= data.halves.count ? Array(data.halves.indices) : most > 0 ? [data.leading] : []
  }

  /// Whether the best of the candidates misses more than `share` of the squares.
  private static func isMissed(
    _ share: Double, by candidates: [SurrogateCandidate], _ halves: [Double]
  ) -> Bool {
    guard let best = candidates.map({ dot($0.heldOut, $0.heldOut) }).min() else { return true }
    return best > share * dot(halves, halves)
  }

  /// Puts the parts of one output together and makes the values add up.
  private mutating func finish(
    _ mixture: SurrogateCandidate, deviations: [Double],
    simulated: [(values: [Double], errors: [Double])],
    corrected: (values: [Double], standardErrors: [Double])?, sum: Double
  ) {
    let n = deviations.count
    var phi = mixture.values ?? deviations.map { _ in 0 }
    var errors = [Double](repeating: 0, count: n)
    for player in phi.indices {
      phi[player] += corrected?.values[player] ?? 0
      let sampling = corrected?.standardErrors[player] ?? deviations[player]
      var square = sampling * sampling
      for simulation in simulated {
        phi[player] += simulation.values[player]
        square += simulation.errors[player] * simulation.errors[player]
      }
      errors[player] = square.squareRoot()
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

/// The Shapley values of what emulators say of an output, for which there is no closed form, from many coalitions that the
/// game need not be asked for.
///
/// Paired KernelSHAP; and what goes with functions whose Shapley values are known is put right by them (control variates:
/// B. L. Nelson, "Control variate remedies", Operations Research 38, 1990, eq. 1). These are the odd processes behind
/// the links, and their ``LinkControls``.
package struct EmulatorSimulation {
  /// What the simulations of all outputs may cost: for each pair that the game was asked for, at least, and where it does
  /// for all coalitions.
  private static let workPerPair = 100_000
  private static let leastWork = 25_000_000
  private static let workForAll = 100_000_000
  /// The evaluations of a first simulation, which often does; the most; and for each player, those of a second, at least.
  private static let few = 1 << 11
  private static let most = 1 << 18
  private static let perPlayer = 16

  private let learnt: LearntPairs
  private let means: [LinkMean]
  private let weights: [Double]
  /// The Shapley values of the controls.
  private let known: [[Double]]

  /// - Parameters:
  ///   - weights: What each emulator counts.
  ///   - output: Which of the emulators' outputs it is.
  ///   - coalitions: Of the pairs that the emulators learnt.
  package init(_ emulators: [LinkEmulator], weights: [Double], output: Int, coalitions: Coalitions)
  {
    learnt = LearntPairs(coalitions)
    self.weights = weights
    let means = emulators.map { $0.mean(of: output) }
    self.means = means
    known = zip(emulators, means).flatMap { emulator, mean in
      [emulator.oddShapleyValues(of: output)]
        + LinkControls(linear: mean.odd.linear, pairs: mean.even.pairs).shapleyValues
    }
  }

  /// The Shapley values and the standard errors of the simulation, which are 0 where all coalitions were looked at.
  ///
  /// - Parameters:
  ///   - pairs: How many pairs the game was asked for.
  ///   - outputs: How many outputs are simulated.
  ///   - tolerated: The sum of squared errors up to which few coalitions do.
  package func shapleyValues(
    seed: UInt64, pairs: Int, outputs: Int, tolerated: Double
  ) -> (values: [Double], standardErrors: [Double]) {
    let n = learnt.coalitions.playerCount
    // Of a pair: two sums over those that were learnt, a quadratic form, and its part in the regression.
    let cost = means.count * outputs * (2 * learnt.coalitions.count + n * n / 2)
    let isSmall = n < 30 && cost << (n - 1) <= Self.workForAll
    let work = max(Self.leastWork, Self.workPerPair * pairs)
    let few = max(Self.few, 4 * n + 2)
    // Half of the evaluations are the negatives of the others.
    let many =
      isSmall ? 1 << n : min(Self.most, max(few, Self.perPlayer * n, 2 * work / cost))
    let first = simulated(few, seed: seed)
    guard many > few, dot(first.standardErrors, first.standardErrors) > tolerated else {
      return first
    }
    return simulated(many, seed: seed)
  }

  private func simulated(
    _ budget: Int, seed: UInt64
  ) -> (values: [Double], standardErrors: [Double]) {
    let (design, regression) = KernelShapley(budget: budget, seed: seed).plan(
      playerCount: learnt.coalitions.playerCount)
    var coalitions = design.coalitions
    coalitions.appendGrand()
    func fit(_ values: [Double]) -> (values: [Double], residuals: [Double]) {
      let differences = values.map { 2 * $0 }
      return regression.fit(Array(differences.dropLast()), sum: differences[differences.count - 1])
    }
    let (target, controls) = values(at: coalitions)
    let plain = fit(target)
    if design.isComplete { return (plain.values, plain.values.map { _ in 0 }) }
    let result = ControlVariates.fit(
      plain, controls: controls.map(fit), known: known, weights: design.weights)
    return (
      result.values,
      design.tellsError
        ? regression.standardErrors(residuals: [result.residuals], inclusion: design.inclusion)[0]
        : result.values.map { abs($0) }
    )
  }

  /// (v(S) − v(N∖S)) / 2 as the emulators have it in all, and the controls.
  private func values(at coalitions: Coalitions) -> (target: [Double], controls: [[Double]]) {
    var target: [Double] = []
    var controls = known.map { _ in [Double]() }
    CoalitionBlock.forEach(of: coalitions, beside: learnt) { block in
      var sums = [Double](repeating: 0, count: block.count)
      var next = 0
      for (mean, weight) in zip(means, weights) {
        let found = mean.values(at: block)
        for row in sums.indices { sums[row] += weight * found.all[row] }
        for control in found.controls {
          controls[next] += control
          next += 1
        }
      }
      target += sums
    }
    return (target, controls)
  }
}

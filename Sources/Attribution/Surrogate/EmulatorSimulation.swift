/// The Shapley values of what emulators say, for which there is no closed form, from many coalitions that the game need
/// not be asked for.
///
/// Paired KernelSHAP; and what goes with functions whose Shapley values are known is put right by them (control variates:
/// B. L. Nelson, "Control variate remedies", Operations Research 38, 1990, eq. 1). These are the odd processes behind
/// the links, and their ``LinkControls``.
struct EmulatorSimulation {
  /// What a simulation may cost: for each pair that the game was asked for, at least, and where it does for all
  /// coalitions.
  private static let workPerPair = 100_000
  private static let leastWork = 35_000_000
  private static let workForAll = 100_000_000
  /// The evaluations of a first simulation, which often does.
  private static let few = 1 << 11

  private let playerCount: Int
  private let trained: Int
  private let means: PosteriorMeans
  private let emulators: [LinkEmulator]
  private let weights: [[Double]]
  private let controls: [[LinkControls]]
  /// Of each output, the Shapley values of the controls.
  private let known: [[[Double]]]

  /// - Parameters:
  ///   - coalitions: Of the pairs that the emulators learnt.
  ///   - weights: Of each output, what each emulator counts.
  init(_ emulators: [LinkEmulator], of coalitions: Coalitions, weights: [[Double]]) {
    playerCount = coalitions.playerCount
    trained = coalitions.count
    let means = PosteriorMeans(of: emulators.flatMap(\.processes))
    self.means = means
    self.emulators = emulators
    self.weights = weights
    let odd = emulators.map(\.oddShapleyValues)
    let controls = weights.indices.map { output in
      emulators.indices.map {
        LinkControls(odd: means[2 * $0, output], even: means[2 * $0 + 1, output])
      }
    }
    self.controls = controls
    known = weights.indices.map { output in
      odd.map { $0[output] } + controls[output].flatMap(\.shapleyValues)
    }
  }

  /// Of each output, (v(S) − v(N∖S)) / 2 as the emulators have it in all, and the controls.
  private func values(
    at coalitions: Coalitions
  ) -> [(target: [Double], controls: [[Double]])] {
    let means = means.values(at: coalitions)
    let emulated = emulators.indices.map {
      emulators[$0].oddParts(means[(2 * $0)..<(2 * $0 + 2)])
    }
    return weights.indices.map { output in
      let target = coalitions.indices.map { row in
        emulators.indices.reduce(0.0) { $0 + weights[output][$1] * emulated[$1][output][row] }
      }
      let odd = emulators.indices.map { means[2 * $0][output] }
      return (target, odd + controls[output].flatMap { $0.values(at: coalitions) })
    }
  }

  /// The Shapley values and the standard errors of the simulation, one row an output; without these where all
  /// coalitions were looked at.
  ///
  /// - Parameters:
  ///   - pairs: How many pairs the game was asked for.
  ///   - tolerated: Of each output, the sum of squared errors up to which few coalitions do.
  func shapleyValues(
    seed: UInt64, pairs: Int, tolerated: [Double]
  ) -> (values: [[Double]], standardErrors: [[Double]]) {
    // Half of the evaluations are the negatives of the others.
    let few = max(Self.few, 4 * playerCount + 2)
    // Of a pair: two sums over those that were learnt, and two quadratic forms.
    let cost = 2 * trained + playerCount * playerCount / 2
    let isSmall = playerCount < 30 && cost << (playerCount - 1) <= Self.workForAll
    let work = max(Self.leastWork, Self.workPerPair * pairs)
    let many = isSmall ? 1 << playerCount : max(few, 2 * work / cost)
    let first = simulated(few, seed: seed)
    let isEnough = zip(first.standardErrors, tolerated).allSatisfy { dot($0, $0) <= $1 }
    guard many > few, !isEnough else { return first }
    return simulated(many, seed: seed)
  }

  private func simulated(
    _ budget: Int, seed: UInt64
  ) -> (values: [[Double]], standardErrors: [[Double]]) {
    let (design, regression) = KernelShapley(budget: budget, seed: seed).plan(
      playerCount: playerCount)
    var coalitions = design.coalitions
    coalitions.appendGrand()
    func fit(_ values: [Double]) -> (values: [Double], residuals: [Double]) {
      let differences = values.map { 2 * $0 }
      return regression.fit(Array(differences.dropLast()), sum: differences[differences.count - 1])
    }
    let fits = zip(values(at: coalitions), known).map { simulated, known in
      ControlVariates.fit(
        fit(simulated.target), controls: simulated.controls.map(fit), known: known,
        weights: design.weights)
    }
    return (
      fits.map(\.values),
      design.tellsError
        ? regression.standardErrors(residuals: fits.map(\.residuals), inclusion: design.inclusion)
        : fits.map { $0.values.map { _ in 0 } }
    )
  }
}

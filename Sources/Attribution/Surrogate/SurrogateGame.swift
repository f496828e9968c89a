/// What emulators say of coalitions beyond a base process whose Shapley values are known.
///
/// The game is evaluated for free, and its values are small where the surrogates agree: sampling its Shapley values
/// costs less error than sampling those of the emulators (the base is a control variate).
final class SurrogateGame: Game {
  /// How many kernel values a simulation may cost: for each pair that the game was asked for, at least, and where
  /// they do for all coalitions.
  private static let kernelValuesPerPair = 2500
  private static let fewestKernelValues = 1_500_000
  private static let kernelValuesForAll = 8_000_000
  /// The evaluations of a first simulation, which often does.
  private static let few = 1 << 11

  let playerCount: Int
  private let base: PairProcess
  private let emulators: [LinkEmulator]
  private let weights: [[Double]]
  /// For each output of the emulators, its position among those of the base.
  private let outputs: [Int]

  /// - Parameter weights: One row an emulator, a number an output of it.
  init(base: PairProcess, emulators: [LinkEmulator], weights: [[Double]], outputs: [Int]) {
    playerCount = base.coalitions.playerCount
    self.base = base
    self.emulators = emulators
    self.weights = weights
    self.outputs = outputs
  }

  /// Those of the emulators.
  var outputCount: Int { outputs.count }

  func values(of coalitions: Coalitions) -> [Double] {
    // Estimators ask for a coalition and then for its complement, whose value is the negative.
    var asked = Coalitions(playerCount: playerCount)
    var rows: [(row: Int, sign: Double)] = []
    for index in coalitions.indices {
      let isComplement =
        index > 0 && rows[index - 1].sign > 0 && coalitions.isComplement(index, of: index - 1)
      if !isComplement { asked.append(coalitions[index]) }
      rows.append((asked.count - 1, isComplement ? -1 : 1))
    }
    let parts = Self.oddParts(of: base, and: emulators, at: asked)
    return rows.flatMap { row, sign in
      outputs.indices.map { output in
        sign
          * emulators.indices.reduce(0.0) { sum, emulator in
            sum + weights[emulator][output]
              * (parts.emulated[emulator][output][row] - parts.base[outputs[output]][row])
          }
      }
    }
  }

  /// (v(S) − v(N∖S)) / 2 as a base and as each emulator has it; one row an output.
  static func oddParts(
    of base: PairProcess, and emulators: [LinkEmulator], at coalitions: Coalitions
  ) -> (base: [[Double]], emulated: [[[Double]]]) {
    let means = PairProcess.means(
      of: [base] + emulators.flatMap(\.processes), at: coalitions)
    let emulated = emulators.enumerated().map { index, emulator in
      emulator.oddParts(means[(1 + 2 * index)..<(3 + 2 * index)])
    }
    return (means[0], emulated)
  }

  /// Its Shapley values by paired KernelSHAP, which is exact where there are no more coalitions than it may ask for.
  ///
  /// - Parameters:
  ///   - pairs: How many pairs the game was asked for.
  ///   - tolerated: Of each output, the sum of squared errors up to which few evaluations do.
  func shapleyValues(seed: UInt64, pairs: Int, tolerated: [Double]) throws -> ShapleyValues {
    // Half of the evaluations are the negatives of the others.
    let trained = base.coalitions.count
    let few = max(Self.few, 4 * playerCount + 2)
    let kernelValues = max(Self.fewestKernelValues, Self.kernelValuesPerPair * pairs)
    let isSmall = playerCount < 30 && trained << playerCount <= 2 * Self.kernelValuesForAll
    let many = isSmall ? 1 << playerCount : max(few, 2 * kernelValues / trained)
    let first = try KernelShapley(budget: few, seed: seed).values(of: self)
    guard many > few, let errors = first.standardErrors,
      zip(errors, tolerated).contains(where: { dot($0, $0) > $1 })
    else { return first }
    return try KernelShapley(budget: many, seed: seed).values(of: self)
  }
}

extension Coalitions {
  /// Whether two of the coalitions are each other's complements.
  fileprivate func isComplement(_ index: Int, of other: Int) -> Bool {
    zip(self[index], self[other]).allSatisfy { $0 & $1 == 0 }
      && size(of: index) + size(of: other) == playerCount
  }
}

/// What emulators say of coalitions beyond a base process whose Shapley values are known.
///
/// The game is evaluated for free, and its values are small where the surrogates agree: sampling its Shapley values
/// costs less error than sampling those of the emulators (the base is a control variate).
final class SurrogateGame: Game {
  /// How many kernel values a simulation may cost, and the fewest and the most evaluations it has.
  private static let kernelValues = envInt("AB_SIM", 5_000_000)
  private static let fewest = 1 << 12
  private static let most = 1 << 16

  let playerCount: Int
  private let base: PairProcess
  private let emulators: [LinkEmulator]
  /// For each output of the emulators, its position among those of the base.
  private let outputs: [Int]

  init(base: PairProcess, emulators: [LinkEmulator], outputs: [Int]) {
    playerCount = base.coalitions.playerCount
    self.base = base
    self.emulators = emulators
    self.outputs = outputs
  }

  /// One output an emulator and output of it.
  var outputCount: Int { emulators.count * outputs.count }

  func values(of coalitions: Coalitions) -> [Double] {
    // Estimators ask for a coalition and its complement, one after the other, whose value is the negative.
    var asked = Coalitions(playerCount: playerCount)
    var rows: [(row: Int, sign: Double)] = []
    for index in coalitions.indices {
      let isComplement = index > 0 && rows[index - 1].sign > 0
        && coalitions.isComplement(index, of: index - 1)
      if !isComplement { asked.append(coalitions[index]) }
      rows.append((asked.count - 1, isComplement ? -1 : 1))
    }
    let parts = oddParts(at: asked)
    return rows.flatMap { row, sign in
      parts.emulated.flatMap { emulated in
        outputs.indices.map { sign * (emulated[$0][row] - parts.base[outputs[$0]][row]) }
      }
    }
  }

  /// (v(S) − v(N∖S)) / 2 as the base and as each emulator has it; one row an output.
  func oddParts(at coalitions: Coalitions) -> (base: [[Double]], emulated: [[[Double]]]) {
    let means = PairProcess.means(
      of: [base] + emulators.flatMap(\.processes), at: coalitions)
    let emulated = emulators.enumerated().map { index, emulator in
      emulator.oddParts(means[(1 + 2 * index)..<(3 + 2 * index)])
    }
    return (means[0], emulated)
  }

  /// Its Shapley values by paired KernelSHAP, which is exact where there are no more coalitions.
  func shapleyValues(seed: UInt64) throws -> ShapleyValues {
    let wanted = Self.kernelValues / base.coalitions.count
    let evaluations = max(Self.fewest, min(Self.most, wanted), 4 * playerCount + 2)
    return try KernelShapley(budget: evaluations, seed: seed).values(of: self)
  }
}

extension Coalitions {
  /// Whether two of the coalitions are each other's complements.
  fileprivate func isComplement(_ index: Int, of other: Int) -> Bool {
    zip(self[index], self[other]).allSatisfy { $0 & $1 == 0 }
      && size(of: index) + size(of: other) == playerCount
  }
}

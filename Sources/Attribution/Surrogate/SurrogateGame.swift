/// What emulators say of coalitions beyond a base process whose Shapley values are known.
///
/// The game is evaluated for free, and its values are small where the surrogates agree: sampling its Shapley values
/// costs less error than sampling those of the emulators (the base is a control variate).
final class SurrogateGame: Game {
  /// How many kernel values a simulation may cost, and the fewest and the most evaluations it has.
  private static let kernelValues = 5_000_000
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
    let parts = oddParts(at: coalitions)
    return coalitions.indices.flatMap { index in
      parts.emulated.flatMap { emulated in
        outputs.indices.map { emulated[$0][index] - parts.base[outputs[$0]][index] }
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

  /// Its Shapley values: by enumeration of a few players, else by paired KernelSHAP.
  func shapleyValues(seed: UInt64) throws -> ShapleyValues {
    let wanted = Self.kernelValues / base.coalitions.count
    let evaluations = max(Self.fewest, min(Self.most, wanted), 4 * playerCount + 2)
    // The values are odd: half of the coalitions tell the others.
    return playerCount < 20 && 1 << playerCount <= evaluations
      ? try ExactShapley().values(of: self)
      : try KernelShapley(budget: evaluations, seed: seed).values(of: self)
  }
}

/// The ``HammingProcess`` that predicts a game's held-out values best, learnt from the first of its
/// evaluations.
struct GameEmulator {
  private let process: HammingProcess
  /// How many evaluations it has learnt.
  private let learntCount: Int
  /// What each evaluation is off its prediction, for each output.
  private(set) var residuals: [[Double]]
  /// What each evaluation is off its prediction by others, for each output.
  private(set) var heldOutResiduals: [[Double]]

  /// The most evaluations that are learnt from, and those on which shapes are compared: their cubes
  /// are the cost.
  private static let most = 1024
  private static let compared = 384

  /// Learns the `values` of `coalitions`, one row an output; fails where there is nothing to learn
  /// from.
  ///
  /// - Complexity: about 10⁹ operations, fewer below 1024 coalitions.
  init?(coalitions: Coalitions, values: [[Double]]) {
    guard !values.isEmpty, coalitions.count > 2 else { return nil }
    let sample = coalitions.prefix(Self.compared)
    let known = values.map { Array($0.prefix(sample.count)) }
    var best: (kernel: HammingKernel, loss: Double)?
    for parts in HammingKernel.candidates {
      let kernel = HammingKernel(parts, playerCount: coalitions.playerCount)
      guard let process = HammingProcess(kernel, coalitions: sample, values: known) else {
        continue
      }
      let loss = Self.loss(process.leaveOneOut, known)
      if loss < best?.loss ?? .infinity { best = (kernel, loss) }
    }
    let learnt = coalitions.prefix(Self.most)
    guard let kernel = best?.kernel,
      let process = HammingProcess(
        kernel, coalitions: learnt, values: values.map { Array($0.prefix(learnt.count)) })
    else { return nil }
    self.process = process
    learntCount = learnt.count
    residuals = process.residuals
    heldOutResiduals = process.leaveOneOut
    test(coalitions, values)
  }

  /// Takes in further evaluations of the same game, behind those that it had.
  ///
  /// - Returns: False where it is to be learnt anew, since it has not learnt as many as it can.
  mutating func extend(to coalitions: Coalitions, values: [[Double]]) -> Bool {
    guard learntCount == Self.most, values.count == heldOutResiduals.count else { return false }
    test(coalitions, values)
    return true
  }

  /// Predicts the evaluations without a residual, which have not been learnt.
  private mutating func test(_ coalitions: Coalitions, _ values: [[Double]]) {
    for row in (heldOutResiduals.first?.count ?? 0)..<coalitions.count {
      for (output, guess) in process.values(of: row, in: coalitions).enumerated() {
        residuals[output].append(values[output][row] - guess)
        heldOutResiduals[output].append(values[output][row] - guess)
      }
    }
  }

  /// LIME's limit for the emulated game, for each output.
  func limits(_ moments: RemovalMoments) -> [LimeLimit] { process.limit(moments) }

  /// The residuals' squares in relation to the values' variances, added up over the outputs.
  private static func loss(_ residuals: [[Double]], _ values: [[Double]]) -> Double {
    var loss = 0.0
    for (residuals, values) in zip(residuals, values) {
      let mean = pairwiseSum(values) / Double(values.count)
      let variance = pairwiseSum(values.map { ($0 - mean) * ($0 - mean) })
      if variance > 0 { loss += pairwiseSum(residuals.map { $0 * $0 }) / variance }
    }
    return loss
  }
}

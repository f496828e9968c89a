/// Word-presence LIME, as the Python package `lime` 0.2.0.1 computes it for texts.
///
/// M. T. Ribeiro, S. Singh, C. Guestrin: "Why Should I Trust You?", KDD 2016,
/// https://doi.org/10.1145/2939672.2939778. Draws coalitions (``LimeSampler``), weights them by
/// their distance from the grand coalition (``ProximityKernel``) and fits a ridge regression to the
/// game's values. Equal seeds give the package's own draws, and its coefficients up to rounding.
/// The one deviation: a constant output has coefficients 0 and fidelity 1.
public struct Lime: Sendable {
  /// The options it was made with.
  public let options: LimeOptions

  /// Checks and keeps the options.
  public init(_ options: LimeOptions = LimeOptions()) throws(LimeError) {
    guard options.samples >= 2 else { throw .tooFewSamples(options.samples) }
    guard options.kernelWidth > 0, options.kernelWidth.isFinite else {
      throw .badKernelWidth(options.kernelWidth)
    }
    if let features = options.features, features < 1 { throw .tooFewFeatures(features) }
    self.options = options
  }

  /// Fits one surrogate to every output of `game`.
  ///
  /// - Precondition: The game has at least one player.
  /// - Throws: ``LimeError/singular``, ``GameError``, and what the game throws.
  /// - Complexity: at most `samples` distinct game evaluations, in one batch; O(*m* *n*) arithmetic
  ///   for the draws and for each of the solver's steps, some tens of them.
  public func fit(_ game: any Game) throws -> LimeResult {
    let n = game.playerCount
    let rows = LimeSampler(playerCount: n, samples: options.samples).draw(seed: options.seed)
    let outputs = game.outputCount
    let values = try checked(game.values(of: rows), of: rows, outputs: outputs)
    let targets = (0..<outputs).map { output in
      (0..<rows.count).map { values[$0 * outputs + output] }
    }
    let design = PresenceMatrix(rows)
    let kernel = ProximityKernel(width: options.kernelWidth).weights(playerCount: n)
    let sizes = design.product(with: Array(repeating: 1, count: n))
    let ridge = WeightedRidge(design: design, weights: sizes.map { kernel[Int($0)] })

    let features = options.selection == .none ? n : min(options.features ?? n, n)
    let selection = selection(of: features, among: n)
    let varying = targets.indices.filter { !isConstantUpToRounding(targets[$0]) }
    let fitted = try surrogates(varying.map { targets[$0] }, features, selection, ridge)
    var surrogates = targets.map { target in
      LimeSurrogate(constant: target[0], playerCount: n, selected: Array(0..<features))
    }
    for (output, surrogate) in zip(varying, fitted) { surrogates[output] = surrogate }
    return LimeResult(selection: selection, samples: rows.count, surrogates: surrogates)
  }

  /// The selection that choosing `features` of `playerCount` players takes.
  private func selection(of features: Int, among playerCount: Int) -> LimeSelection {
    // The lasso can end with fewer than all.
    if features == playerCount, options.selection != .lasso { return .none }
    return options.selection == .auto ? (features <= 6 ? .forward : .highest) : options.selection
  }
}

/// Whether the values of an output vary by rounding errors at most.
func isConstantUpToRounding(_ values: [Double]) -> Bool {
  var lowest = Double.infinity
  var highest = -Double.infinity
  for value in values {
    lowest = min(lowest, value)
    highest = max(highest, value)
  }
  return highest - lowest <= 1e-12 * max(1, abs(lowest), abs(highest))
}

/// Word-presence LIME by a better sample: the limit of lime's own regression for many draws, with
/// standard errors, and only as many evaluations as it takes.
///
/// Where ``Lime`` repeats the Python package draw for draw, this estimates what those draws tend to
/// (D. Mardaoui, D. Garreau: "An Analysis of LIME for Text Data", AISTATS 2021, proposition 2):
/// coalitions come from ``NestedDesign``, none twice, and are fitted by least squares without a
/// ridge penalty, so that a linear game gives its weights. Where all coalitions fit the budget they
/// are all taken and the coefficients are the limit itself.
///
/// Evaluations stop at the first of a fixed row of sample sizes at which each output's largest
/// players are settled or its standard errors small; results depend on nothing but the game, the
/// options and the seed.
public struct StableLime: Sendable {
  /// The options it was made with.
  public let options: LimeOptions
  /// Evaluations stop when the largest standard error is at most this part of the coefficient that
  /// is ``topCount`` from the largest, or of a quarter of the largest where that is more, or when
  /// the largest coefficients are settled; 0 uses all of them.
  public let tolerance: Double
  /// Coalitions the game is asked for at once.
  public let batchSize: Int

  /// So many of the largest coefficients are to be told from the rest.
  public static let topCount = 5
  /// The probability of stopping with a wrong set of largest coefficients.
  private static let risk = 0.05
  /// The evaluations after which it is first asked whether they suffice.
  private static let firstLook = 256

  /// Checks and keeps the options, which select no players; `batchSize` changes no result.
  public init(
    _ options: LimeOptions = LimeOptions(), tolerance: Double = 0.02,
    batchSize: Int = EvaluationBatches.defaultSize
  ) throws(LimeError) {
    guard options.features == nil, options.selection == .auto || options.selection == .none else {
      throw .selectionNotOffered
    }
    self.options = try Lime(options).options
    self.tolerance = tolerance
    self.batchSize = batchSize
  }

  /// Fits one surrogate to every output of `game`.
  ///
  /// - Precondition: The game has at least one player.
  /// - Throws: ``GameError``, and what the game throws.
  /// - Complexity: at most `samples` distinct game evaluations, ∅ and the grand coalition included;
  ///   about *m* *n*²/4 operations for *m* of them.
  public func fit(_ game: any Game) throws -> LimeResult {
    let n = game.playerCount
    var sample = StableSample(game: game, options: options, batchSize: batchSize)
    guard n > 1 else {
      var empty = Coalitions(playerCount: n)
      empty.appendEmpty()
      try sample.extend(with: empty, to: 1)
      return result(of: sample, (0..<game.outputCount).map(sample.twoPointFit))
    }
    let design = NestedDesign(
      playerCount: n, kernelWidth: options.kernelWidth, most: options.samples - 1,
      seed: options.seed)
    let most = design.coalitions.count
    // All coalitions give the limit itself, which no estimate is preferred to.
    let looks = design.isComplete ? [most] : looks(most: most, playerCount: n)
    for (index, count) in looks.enumerated() {
      try sample.extend(with: design.coalitions, to: count)
      let isLast = index == looks.count - 1
      let fits = sample.fits(design, isComplete: isLast && design.isComplete)
      let converged = fits.map { isConverged($0, risk: Self.risk / Double(looks.count)) }
      if isLast || (tolerance > 0 && converged.allSatisfy { $0 }) {
        return result(of: sample, fits, converged)
      }
    }
    preconditionFailure("there is a last look")
  }

  /// The numbers of rows at which it is asked whether they suffice: each twice the one before.
  private func looks(most: Int, playerCount n: Int) -> [Int] {
    var looks: [Int] = []
    var next = max(Self.firstLook, 4 * n)
    while next < most {
      looks.append(next)
      next *= 2
    }
    return looks + [most]
  }

  /// Whether the largest coefficients of a fit are settled or all of them precise.
  private func isConverged(_ fit: LimeSurrogate, risk: Double) -> Bool {
    if fit.isConstant || fit.isExact { return true }
    guard let errors = fit.standardErrors, let relative = fit.relativeStandardError else {
      return false
    }
    return relative <= tolerance
      || TopSet.isSettled(
        fit.coefficients, standardErrors: errors, count: Self.topCount, risk: risk)
  }

  private func result(
    of sample: StableSample, _ fits: [LimeSurrogate], _ converged: [Bool]? = nil
  ) -> LimeResult {
    var fits = fits
    for output in fits.indices where !fits[output].isExact {
      fits[output].isConverged = converged?[output]
    }
    return LimeResult(
      selection: .none, samples: sample.evaluationCount, surrogates: fits,
      effectiveSamples: sample.effectiveCount)
  }
}

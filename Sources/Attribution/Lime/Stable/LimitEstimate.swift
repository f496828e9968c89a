/// An estimate of LIME's limit for one output.
struct LimitEstimate {
  var limit: LimeLimit
  /// `nil` where the rows are too few to tell.
  var standardErrors: [Double]?
  /// The weighted R² of the linear model by leave-one-out residuals.
  let heldOutFidelity: Double
  /// The weighted mean square of the leave-one-out residuals.
  private let heldOutSquare: Double

  /// Whether the output is so nearly linear that there is nothing to improve.
  var isLinear: Bool { heldOutFidelity > 1 - 1e-9 }

  /// Estimates by weighted least squares.
  static func leastSquares(
    _ regression: PresenceLeastSquares, _ targets: [[Double]], inclusion: [Double]
  ) -> [LimitEstimate] {
    let fits = targets.map(regression.fit)
    let errors = regression.errors(of: fits.map(\.residuals), inclusion: inclusion)
    return fits.indices.map { index in
      let heldOut = errors.leaveOneOut[index]
      return LimitEstimate(
        limit: fits[index].limit,
        standardErrors: regression.isPenalised ? nil : errors.standardErrors[index],
        heldOutFidelity: regression.heldOutFidelity(of: heldOut, to: targets[index]),
        heldOutSquare: regression.meanSquare(of: heldOut))
    }
  }

  /// Improves the estimate with an emulator of the output, where it predicts held-out values better
  /// than the linear model does.
  ///
  /// The limit is linear in the game, so that it is the emulator's limit plus that of what the
  /// emulator misses. Of a row drawn with the probability π, the part π stands for itself, and what
  /// the emulator misses there is known; the part 1 − π stands for coalitions that were not
  /// evaluated, for which the value less its prediction by the other rows is the pattern. Both parts
  /// are fitted by least squares, and the second is shrunk by what it is estimated to have of noise
  /// (W. James, C. Stein, 1961): λ = max(0, 1 − Σ SE² / Σ c²) for its coefficients c. The standard
  /// errors are those of the unshrunk c, with that of a simulated limit.
  mutating func improve(
    by emulator: EmulatedOutput, _ regression: PresenceLeastSquares, inclusion: [Double]
  ) {
    guard !isLinear, regression.meanSquare(of: emulator.heldOutResiduals) < heldOutSquare else {
      return
    }
    guard !regression.isPenalised else {
      limit = emulator.limit
      return
    }
    let missed = regression.fit(emulator.heldOutResiduals).residuals
    let errors = regression.errors(of: [missed], inclusion: inclusion).standardErrors[0]
    let known = regression.fit(zip(inclusion, emulator.residuals).map { $0 * $1 }).limit
    let correction = regression.fit(
      zip(inclusion, emulator.heldOutResiduals).map { (1 - $0) * $1 }
    ).limit
    let noise = errors.reduce(0) { $0 + $1 * $1 }
    let signal = correction.coefficients.reduce(0) { $0 + $1 * $1 }
    let share = signal > noise ? 1 - noise / signal : 0
    limit = emulator.limit.adding(known, times: 1).adding(correction, times: share)
    standardErrors = errors.map { ($0 * $0 + emulator.variance).squareRoot() }
  }
}

/// What an emulator has for one output.
struct EmulatedOutput {
  let limit: LimeLimit
  /// The squared standard error of each of the limit's coefficients, where they are simulated.
  let variance: Double
  /// What each evaluation is off its prediction.
  let residuals: [Double]
  /// What each evaluation is off its prediction by others.
  let heldOutResiduals: [Double]
}

extension LimeLimit {
  /// The limit of the sum of this one's function and of `factor` times the other's.
  func adding(_ other: LimeLimit, times factor: Double) -> LimeLimit {
    LimeLimit(
      coefficients: coefficients.indices.map {
        coefficients[$0] + factor * other.coefficients[$0]
      }, intercept: intercept + factor * other.intercept)
  }
}

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

  /// Improves estimates with an emulator of the game, where it predicts held-out values better than
  /// the linear model does.
  ///
  /// The limit is linear in the game, so that it is the emulator's limit, which is known without
  /// error, plus that of what the emulator misses. Of a row drawn with the probability π, the part π
  /// stands for itself, and what the emulator misses there is known; the part 1 − π stands for
  /// coalitions that were not evaluated, for which the value less its prediction by the other rows
  /// is the pattern. Both parts are fitted by least squares, and the second is shrunk by what it is
  /// estimated to have of noise (W. James, C. Stein, 1961): λ = max(0, 1 − Σ SE² / Σ c²) for its
  /// coefficients c. The standard errors are those of the unshrunk c.
  ///
  /// - Parameter emulator: That of `targets`, whose residuals are those of all rows.
  static func improve(
    _ estimates: inout [LimitEstimate], by emulator: GameEmulator,
    _ regression: PresenceLeastSquares, law: RemovalLaw, inclusion: [Double]
  ) {
    let limits = emulator.limits(RemovalMoments(law))
    let missed = emulator.heldOutResiduals.map { regression.fit($0).residuals }
    let errors = regression.errors(of: missed, inclusion: inclusion)
    for index in estimates.indices
    where !estimates[index].isLinear
      && regression.meanSquare(of: emulator.heldOutResiduals[index])
        < estimates[index].heldOutSquare
    {
      guard !regression.isPenalised else {
        estimates[index].limit = limits[index]
        continue
      }
      let known = regression.fit(zip(inclusion, emulator.residuals[index]).map { $0 * $1 }).limit
      let correction = regression.fit(
        zip(inclusion, emulator.heldOutResiduals[index]).map { (1 - $0) * $1 }
      ).limit
      let noise = errors.standardErrors[index].reduce(0) { $0 + $1 * $1 }
      let signal = correction.coefficients.reduce(0) { $0 + $1 * $1 }
      let share = signal > noise ? 1 - noise / signal : 0
      estimates[index].limit = limits[index].adding(known, times: 1).adding(
        correction, times: share)
      estimates[index].standardErrors = errors.standardErrors[index]
    }
  }
}

extension LimeLimit {
  fileprivate func adding(_ other: LimeLimit, times factor: Double) -> LimeLimit {
    LimeLimit(
      coefficients: coefficients.indices.map {
        coefficients[$0] + factor * other.coefficients[$0]
      }, intercept: intercept + factor * other.intercept)
  }
}

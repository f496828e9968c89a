/// What a surrogate misses of the Shapley values, judged by its residuals.
///
/// Paired KernelSHAP of the residuals, shrunken towards 0 by how much of it is noise (W. James, C. Stein: "Estimation
/// with quadratic loss", Berkeley Symposium 1961). A pair that was evaluated stands for itself with its residual, and
/// for the pairs of its size that were not evaluated with the error that the surrogate made where it did not know it.
struct ResidualCorrection {
  private let sample: PairSample
  private let regression: PairedLeastSquares?

  init(sample: PairSample) {
    self.sample = sample
    regression = PairedLeastSquares(
      coalitions: sample.coalitions, weights: sample.regressionWeights)
  }

  /// The correction of each value and what is then unknown of it, one row an output; none where the pairs do not determine
  /// it.
  ///
  /// Where what a surrogate misses has variance *r*², and the sampling variance of its correction is *e*², shrinkage by
  /// λ = *r*² / (*r*² + *e*²) leaves λ*e*² unknown on average, and (1 − λ)²*rᵢ*² + λ²*eᵢ*² for each player. That λ is 0 may
  /// be chance, for |correction|² has a standard deviation of √(2/*n*) of its mean: √2 of these are allowed for, which
  /// `docs/accuracy.md` shows to do also where λ is 0 because pairs of some size are lacking.
  ///
  /// - Parameters:
  ///   - surrogates: What was fitted to each output.
  ///   - deviations: The standard errors of its values by its own account.
  func corrections(
    of surrogates: [SurrogateCandidate], deviations: [[Double]]
  ) -> [(values: [Double], standardErrors: [Double])] {
    guard let regression else { return [] }
    let inclusion = sample.inclusion
    let fits = surrogates.map { surrogate in
      regression.fit(
        inclusion.indices.map { pair in
          2
            * (inclusion[pair] * surrogate.residuals[pair]
              + (1 - inclusion[pair]) * surrogate.heldOut[pair])
        }, sum: 0)
    }
    let errors = regression.standardErrors(
      residuals: fits.map(\.residuals), inclusion: inclusion)
    let isTrusted =
      sample.coversAllSizes && 10 * inclusion.count > 13 * sample.coalitions.playerCount
    let refutable = min(1, 2 / Double(sample.coalitions.playerCount).squareRoot())
    return zip(zip(fits, errors), deviations).map { pair, deviations in
      let (fit, errors) = pair
      let signal = dot(fit.values, fit.values)
      let share = isTrusted && signal > 0 ? max(0, 1 - dot(errors, errors) / signal) : 0
      let unknown = fit.values.indices.map { player in
        let (own, noise) = (square(deviations[player]), square(errors[player]))
        let left = square(1 - share) * (square(fit.values[player]) - noise)
        return max(
          (1 - share) * own, max(share, refutable) * noise, left + square(share) * noise
        ).squareRoot()
      }
      return (fit.values.map { share * $0 }, unknown)
    }
  }
}

private func square(_ number: Double) -> Double { number * number }

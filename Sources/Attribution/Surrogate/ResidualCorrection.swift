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

  /// The correction of each value and its standard error, one row an output; none where the pairs do not determine it.
  ///
  /// - Parameter surrogates: What was fitted to each output.
  func corrections(
    of surrogates: [SurrogateCandidate]
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
    return zip(fits, errors).map { fit, errors in
      let signal = dot(fit.values, fit.values)
      let shrinkage = isTrusted && signal > 0 ? max(0, 1 - dot(errors, errors) / signal) : 0
      return (fit.values.map { shrinkage * $0 }, errors)
    }
  }
}

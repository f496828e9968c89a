/// What a surrogate misses of the Shapley values, judged by its residuals.
///
/// Paired KernelSHAP of the residuals, shrunken towards 0 by how much of it is noise (W. James, C. Stein: "Estimation
/// with quadratic loss", Berkeley Symposium 1961). A pair that was evaluated stands for itself with its residual, and
/// for the pairs of its size that were not evaluated with the error that the surrogate made where it did not know it.
struct ResidualCorrection {
  private let design: NestedPairDesign
  private let inclusion: [Double]
  private let regression: PairedLeastSquares?

  init(design: NestedPairDesign) {
    self.design = design
    inclusion = design.inclusion
    regression = PairedLeastSquares(
      coalitions: design.coalitions, weights: design.regressionWeights)
  }

  /// The correction of each value and its standard error; nil where the pairs do not determine one.
  ///
  /// - Parameters:
  ///   - residuals: (v(S) − v(N∖S)) / 2 less the surrogate's, of each pair.
  ///   - heldOut: The same less what the surrogate foretells from the other pairs.
  func correction(
    residuals: [Double], heldOut: [Double]
  ) -> (values: [Double], standardErrors: [Double])? {
    guard let regression else { return nil }
    let mixed = residuals.indices.map { pair in
      2 * (inclusion[pair] * residuals[pair] + (1 - inclusion[pair]) * heldOut[pair])
    }
    let fit = regression.fit(mixed, sum: 0)
    let errors = regression.standardErrors(residuals: [fit.residuals], inclusion: inclusion)[0]
    let signal = dot(fit.values, fit.values)
    let n = design.coalitions.playerCount
    let isTrusted = design.coversAllSizes && 10 * inclusion.count > 13 * n && signal > 0
    let shrinkage = isTrusted ? max(0, 1 - dot(errors, errors) / signal) : 0
    return (fit.values.map { shrinkage * $0 }, errors)
  }
}

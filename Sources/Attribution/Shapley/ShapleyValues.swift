/// Shapley values of a game's players, one row an output.
public struct ShapleyValues: Sendable, Equatable {
  /// How they were found.
  public let estimator: ShapleyEstimatorKind
  /// Whether they are the Shapley values themselves, up to rounding, and not estimates of them.
  public let isExact: Bool
  /// v(∅) of each output.
  public let emptyValues: [Double]
  /// v(N) of each output.
  public let grandValues: [Double]
  /// φ of each output, and in it of each player.
  public let values: [[Double]]
  /// The standard error of each output's and player's value.
  ///
  /// `nil` where the values are exact, and where the sample is too small to tell.
  public let standardErrors: [[Double]]?
  /// The number of distinct coalitions the game was asked for, ∅ and N included.
  public let evaluations: Int
  /// The structure that the values follow from, where one was found.
  public var certificate: StructureCertificate?
  /// What the evaluations tell of interactions; nil where they are not pairs of complements, as in an enumeration.
  public var pool: PairPool?
  /// Whether the caller had the estimator stop before its budget was used up.
  public var wasStopped = false

  /// Σφ − (v(N) − v(∅)) of an output: what rounding leaves of the axiom of efficiency.
  ///
  /// At most 1e-9 · max(1, |v(N)|, |v(∅)|) for every estimator, unless other coalitions have values
  /// more than a million times as large.
  public func efficiencyGap(of output: Int) -> Double {
    pairwiseSum(values[output]) - (grandValues[output] - emptyValues[output])
  }

  /// The largest standard error of an output relative to max φ − min φ, a measure of convergence.
  ///
  /// 0 where the values are exact or no standard error is above 0; infinite where there are
  /// standard errors and all values are equal; `nil` where the standard errors are not known.
  ///
  /// I. Covert, S.-I. Lee: "Improving KernelSHAP", AISTATS 2021, stop below a threshold of it.
  public func relativeStandardError(of output: Int) -> Double? {
    if isExact { return 0 }
    guard let largest = standardErrors?[output].max() else { return nil }
    guard largest > 0 else { return 0 }
    let range = values[output].spread
    return range > 0 ? largest / range : .infinity
  }
}

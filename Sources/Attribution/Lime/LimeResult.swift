/// The local surrogates that LIME fitted, one an output of the game, all on the same draws.
public struct LimeResult: Sendable, Equatable {
  /// The selection that ran: never `auto`, and `none` where every player was used.
  public let selection: LimeSelection
  /// The number of draws, repeated ones and the grand coalition included.
  public let samples: Int
  /// One surrogate an output, in the order of the game's outputs.
  public internal(set) var surrogates: [LimeSurrogate]
  /// (Σw)²/Σw² for the weights w of the draws: how many of equal weight would tell as much.
  ///
  /// Only ``StableLime`` says.
  public internal(set) var effectiveSamples: Double?
}

/// A linear model of one output near the grand coalition: v(S) ≈ intercept + Σ coefficients of the
/// present players.
public struct LimeSurrogate: Sendable, Equatable {
  /// The coefficient of each player, 0 for players that were not selected.
  public let coefficients: [Double]
  /// The players the model uses, in ascending order.
  public let selected: [Int]
  /// The model's value for the empty coalition.
  public let intercept: Double
  /// The model's value for the grand coalition.
  public let localPrediction: Double
  /// The weighted R² on the draws the model was fitted to, at most 1.
  ///
  /// 1 for a constant output by definition, where R² would be a quotient of rounding errors.
  public let fidelity: Double
  /// Whether all drawn values agree up to 1e-12 · max(1, |v|); all coefficients are then 0.
  public let isConstant: Bool
  /// Whether the model is that of all coalitions, which many draws tend to.
  public internal(set) var isExact = false
  /// The standard error of each coefficient, 0 where the model is exact; `nil` where none was
  /// estimated or the draws are too few to tell.
  public internal(set) var standardErrors: [Double]?
  /// The weighted R² of predictions for each draw by the others alone; that of all coalitions where
  /// the model is exact; `nil` where it was not worked out.
  public internal(set) var heldOutFidelity: Double?
  /// Whether the sample was found to suffice; `nil` where nothing was asked or the model is exact.
  public internal(set) var isConverged: Bool?

  /// The largest standard error in relation to the coefficient that is ``StableLime/topCount`` from the largest, or to a
  /// quarter of the largest where that is more; `nil` where standard errors are not known.
  ///
  /// In relation to the largest alone, errors may be small and yet change which are the others.
  public var relativeStandardError: Double? {
    guard let largest = standardErrors?.max() else { return nil }
    guard largest > 0 else { return 0 }
    let sizes = coefficients.map(abs).sorted(by: >)
    let scale = max(sizes[min(StableLime.topCount, sizes.count) - 1], sizes[0] / 4)
    return scale > 0 ? largest / scale : .infinity
  }
}

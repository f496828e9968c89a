/// The local surrogates that LIME fitted, one an output of the game, all on the same draws.
public struct LimeResult: Sendable, Equatable {
  /// The selection that ran: never `auto`, and `none` where every player was used.
  public let selection: LimeSelection
  /// The number of draws, repeated ones and the grand coalition included.
  public let samples: Int
  /// One surrogate an output, in the order of the game's outputs.
  public let surrogates: [LimeSurrogate]
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
}

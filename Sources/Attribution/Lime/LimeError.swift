/// Why LIME refuses its options or cannot fit its surrogate.
public enum LimeError: Error, Equatable, Sendable {
  /// Fewer than two draws were asked for.
  case tooFewSamples(Int)
  /// The kernel width is not a positive finite number.
  case badKernelWidth(Double)
  /// Fewer than one player was asked for.
  case tooFewFeatures(Int)
  /// Players were to be selected where all of them are fitted.
  case selectionNotOffered
  /// The equations of the surrogate have no numerically reliable solution.
  case singular

  /// What is wrong, with the value in quotes.
  public var message: String {
    switch self {
    case .tooFewSamples(let count): "too few LIME samples: \"\(count)\""
    case .badKernelWidth(let width): "bad kernel width: \"\(width)\""
    case .tooFewFeatures(let count): "too few LIME features: \"\(count)\""
    case .selectionNotOffered: "stable LIME fits all players and selects none"
    case .singular: "the LIME regression is singular"
    }
  }
}

/// A law by which coalitions other than ∅ and N are drawn: a size, then a coalition of that size,
/// all of them equally likely.
public enum CoalitionLaw: Sendable {
  /// All sizes equally likely, as LIME draws.
  case uniformSize
  /// Sizes s with probability proportional to 1/(s(n − s)): the Shapley kernel's weight of all
  /// coalitions of that size together.
  case shapleyKernel

  /// The probability of each size 0 … *n*; zeros throughout below two players.
  func sizeProbabilities(playerCount n: Int) -> [Double] {
    let weights = (0...n).map { s -> Double in
      if s == 0 || s == n { return 0 }
      return switch self {
      case .uniformSize: 1
      case .shapleyKernel: 1 / (Double(s) * Double(n - s))
      }
    }
    let sum = weights.reduce(0, +)
    return sum > 0 ? weights.map { $0 / sum } : weights
  }
}

/// An additive explanation read as a model of the game: g(S) = intercept + Σ φᵢ over the players
/// in S.
public struct AdditiveModel: Sendable, Equatable {
  /// g(∅).
  public let intercept: Double
  /// φ of each player.
  public let attributions: [Double]

  /// Makes a model.
  public init(intercept: Double, attributions: [Double]) {
    self.intercept = intercept
    self.attributions = attributions
  }

  /// The model with these attributions that equals the game at N.
  public init(grandValue: Double, attributions: [Double]) {
    self.init(intercept: grandValue - pairwiseSum(attributions), attributions: attributions)
  }

  /// g of coalition `index`.
  func value(of coalitions: Coalitions, _ index: Int) -> Double {
    var value = intercept
    for (group, word) in coalitions[index].enumerated() {
      var bits = word
      while bits != 0 {
        value += attributions[group * 64 + bits.trailingZeroBitCount]
        bits &= bits - 1
      }
    }
    return value
  }
}

import Glibc

/// How often LIME's regression meets each number of absent players, weight included.
///
/// LIME draws the number *s* of absent players uniformly from 1...*n* and weights a draw by the
/// proximity ψ of its size. In the limit of many draws nothing but the product counts: drawing *s*
/// by the law proportional to ψ with equal weights has the same limit with fewer wasted draws. (Z.
/// Tan, Y. Tian, J. Li: "GLIME", NeurIPS 2023, https://arxiv.org/abs/2311.15722.) The grand
/// coalition, *s* = 0, is one draw among many: its share in the limit is 0.
package struct RemovalLaw: Sendable {
  /// The share of *s* absent players at position *s*, from 0 to *n*; they add up to 1.
  package let shares: [Double]

  /// The law for a kernel of positive, finite width and at least one player.
  ///
  /// Weights are relative to that of one absent player, which is the largest: no width is too narrow
  /// for it. Those below 1e-100 of it count as none.
  package init(playerCount n: Int, kernelWidth: Double) {
    let scaled = (0...n).map { absent in
      100 * (1 - (Double(n - absent) / Double(n)).squareRoot()) / kernelWidth
    }
    let nearest = scaled[1]
    let weights = scaled.enumerated().map { (absent, distance) -> Double in
      let weight = exp(-(distance - nearest) * (distance + nearest) / 2)
      return absent == 0 || weight < 1e-100 ? 0 : weight
    }
    let total = weights.reduce(0, +)
    shares = weights.map { $0 / total }
  }
}

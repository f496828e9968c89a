/// A prior covariance of the odd or the even part of a game at two coalitions.
///
/// With z = ±1 for present and absent players and x = z ∘ z′, kernels are 1 at x = 1 (``length`` on average over the
/// sizes, ``neighbours`` where all players are present). Odd kernels change their sign with z, even ones do not.
package enum PairKernel: Sendable, Hashable {
  /// The products of all sets of `order` ≤ 3 players, e_order(ω ∘ x): with weights ω of the players, or all alike.
  case interactions(order: Int, weighted: Bool)
  /// The products of `length` players next to each other, 2 or 3.
  case runs(length: Int)
  /// All orders of one parity, fading: the odd or even part of exp(−8 · the share of players that differ).
  case decay(isOdd: Bool)
  /// The odd or the even part of the number of pairs of players that are neighbours in both coalitions, once the
  /// others are deleted: see ``CommonNeighbours``.
  case neighbours(isOdd: Bool)
  /// Effects of players that fade with the number of those present: q(|S|) q(|S′|) Σx / n, q(s) = 1/s + 1/(n − s)
  /// standardised; as where a text model takes means.
  case length

  /// Whether it depends on ``CommonNeighbours``.
  var isOfNeighbours: Bool { if case .neighbours = self { true } else { false } }

  /// Whether players have weights.
  var isWeighted: Bool {
    if case .interactions(_, let isWeighted) = self { isWeighted } else { false }
  }
}

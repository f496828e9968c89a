/// How much two players do together beyond what each does alone: the Shapley interaction index.
///
/// I_ij = Σ_{S⊆N∖ij} s!(n−s−2)!/(n−1)! · (v(S∪ij) − v(S∪i) − v(S∪j) + v(S)). M. Grabisch, M. Roubens: "An axiomatic
/// approach to the concept of interaction among players in cooperative games", Int. J. Game Theory 28, 1999.
public struct PairInteraction: Sendable, Equatable {
  /// The player that comes first.
  public let first: Int
  /// The other player.
  public let second: Int
  /// I_ij.
  public let value: Double
  /// The standard error, where the value is estimated.
  public let standardError: Double?
}

extension [PairInteraction] {
  /// The `count` strongest, the strongest first; of equal ones those of earlier players.
  public func strongest(_ count: Int) -> [PairInteraction] {
    Array(
      sorted {
        abs($0.value) != abs($1.value)
          ? abs($0.value) > abs($1.value) : ($0.first, $0.second) < ($1.first, $1.second)
      }.prefix(count))
  }
}

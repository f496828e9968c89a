/// The even parts of a game's values at pairs of complementary coalitions that an estimator evaluated.
public struct PairPool: Sendable, Equatable {
  /// One coalition of each pair.
  let coalitions: Coalitions
  /// (v(S) + v(N∖S)) / 2 of each output, and in it of each pair.
  let evenParts: [[Double]]
}

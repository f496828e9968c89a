/// A way of finding the Shapley values of a game's players.
public protocol ShapleyEstimator: Sendable {
  /// Which way it is.
  var kind: ShapleyEstimatorKind { get }

  /// The Shapley values of `game`, or estimates of them.
  ///
  /// - Throws: ``ShapleyError``, and whatever the game throws.
  func values(of game: any Game) throws -> ShapleyValues
}

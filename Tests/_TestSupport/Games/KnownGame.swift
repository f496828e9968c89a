import Attribution

/// A game whose Shapley values are known.
public protocol KnownGame: Game {
  /// What the game is called where a test fails.
  var name: String { get }
  /// φ of each player, for the first output.
  var shapleyValues: [Double] { get }
}

/// What two players do together beyond what each does alone.
public struct Interaction: Sendable, Equatable, Decodable {
  /// Two positions among the players, ascending.
  public var players: [Int]
  /// Their texts.
  public var texts: [String]
  /// The Shapley interaction index.
  public var value: Double
  /// Its standard error, where it is estimated.
  public var standardError: Double?

  /// Makes an interaction.
  public init(players: [Int], texts: [String], value: Double, standardError: Double? = nil) {
    self.players = players
    self.texts = texts
    self.value = value
    self.standardError = standardError
  }
}

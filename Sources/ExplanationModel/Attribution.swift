/// The number that a method gives to one player.
public struct Attribution: Sendable, Equatable, Decodable {
  /// Position among the explanation's players, in text order of their first tokens.
  public var player: Int
  /// Indices of the player's tokens in the document's list, ascending.
  public var tokens: [Int]
  /// The bytes that the player's tokens share.
  public var text: String
  /// The attribution: a Shapley value, a surrogate's coefficient or what the value loses without the player.
  public var value: Double
  /// Its standard error, where the method estimates one.
  public var standardError: Double?

  /// Makes an attribution.
  public init(
    player: Int, tokens: [Int], text: String, value: Double, standardError: Double? = nil
  ) {
    self.player = player
    self.tokens = tokens
    self.text = text
    self.value = value
    self.standardError = standardError
  }
}

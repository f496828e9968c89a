/// A structure of the model around the text, and what it was checked on.
public struct Certificate: Sendable, Equatable, Decodable {
  /// `additive`, `additive-logit`, `additive-algebraic` or `pairwise`.
  public var name: String
  /// How many coalitions were drawn for the check alone.
  public var freshCoalitions: Int
  /// With 95 % confidence no value is off by more.
  public var bound: Double?

  /// Makes a certificate.
  public init(name: String, freshCoalitions: Int, bound: Double? = nil) {
    self.name = name
    self.freshCoalitions = freshCoalitions
    self.bound = bound
  }
}

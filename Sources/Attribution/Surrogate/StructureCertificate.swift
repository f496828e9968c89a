/// Evidence that a game has a structure from which its Shapley values follow.
///
/// A model with the structure was fitted to few coalitions, foretold v(N), and then agreed with the game on fresh
/// coalitions, drawn in pairs of complements, half of them by the law of the Shapley kernel and half of them of half the
/// players; and where few players change v(∅) on each of these with every other player. That is a check and no proof: see
/// ``bound``.
public struct StructureCertificate: Sendable, Equatable {
  /// A structure of a game.
  public enum Structure: Sendable, Equatable {
    /// v(S) = v(∅) + Σ_{i∈S} φᵢ.
    case additive
    /// A link of the value is additive.
    case linked(Link)
    /// At most two players act together, or more in ways that the Shapley values do not depend on:
    /// v(S) − v(N∖S) = Σ zᵢ φᵢ.
    case pairwise
  }

  /// What was found.
  public let structure: Structure
  /// How many coalitions checked it.
  public internal(set) var freshCoalitions: Int
  /// With 95 % confidence no output's Shapley values are off by more than this, whatever the game is, as long as neither
  /// its values nor the structure's leave the range seen.
  ///
  /// If a structure fails on a part ε of the law of the kernel, *r* pairs, half of them by the law, all agree with a
  /// probability of at most (1 − ε/2)ʳ, hence ε ≤ 2 ln(20)/*r*, to which comes the part of the coalitions of all but
  /// one player where those were not looked at. With H the harmonic numbers, sample weights of the unbiased estimator
  /// of φ under this law are at most 2H_{n−1}: |φ̂ᵢ − φᵢ| ≤ 2H_{n−1}(τ + ε R), for values that range over R.
  /// The standard errors of a linked structure tell what simulation leaves open, and what a coalition that was not checked
  /// is likely to hide.
  public let bound: Double

  /// The name of the structure: `additive`, `additive-logit`, `additive-algebraic` or `pairwise`.
  public var name: String {
    switch structure {
    case .additive: "additive"
    case .linked(let link): "additive-\(link.rawValue)"
    case .pairwise: "pairwise"
    }
  }
}

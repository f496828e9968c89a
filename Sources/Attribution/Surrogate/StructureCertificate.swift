import Glibc

/// Evidence that a game has a structure from which its Shapley values follow.
///
/// A model with the structure was fitted to few coalitions, foretold v(N), and then agreed with the game on fresh
/// coalitions, drawn in pairs of complements, half of them by the law of the Shapley kernel and half of them of half the
/// players. Of null players, coalitions of the others so drawn were worth the same with some of them as with other ones.
/// That is a check and no proof: see ``bound``.
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
    /// v(S) = v(S ∩ T), where the carrier T lacks these players; its coalitions were enumerated.
    case nullPlayers([Int])
  }

  /// What was found.
  public let structure: Structure
  /// How many coalitions were drawn to check it.
  public let freshCoalitions: Int
  /// With 95 % confidence no output's Shapley values are off by more than this, whatever the game is, as long as neither
  /// its values nor the structure's leave the range seen.
  ///
  /// If a structure fails on a part ε of the law of the kernel, *r* pairs, half of them by the law, all agree with a
  /// probability of at most (1 − ε/2)ʳ, hence ε ≤ 2 ln(20)/*r*, to which comes the part of the coalitions of all but
  /// one player where those were not looked at. With H the harmonic numbers, sample weights of the unbiased estimator
  /// of φ under this law are at most 2H_{n−1}: |φ̂ᵢ − φᵢ| ≤ 2H_{n−1}(τ + ε R), for values that range over R.
  /// What simulation leaves open for a linked structure is in the standard errors.
  public let bound: Double

  /// The name of the structure: `additive`, `additive-logit`, `additive-algebraic`, `pairwise` or `null-players`.
  public var name: String {
    switch structure {
    case .additive: "additive"
    case .linked(let link): "additive-\(link.rawValue)"
    case .pairwise: "pairwise"
    case .nullPlayers: "null-players"
    }
  }

  /// Makes a certificate with the bound that goes with what was drawn.
  ///
  /// - Parameters:
  ///   - draws: how many pairs of complements were drawn, each independent of the others.
  ///   - unchecked: the part of the law of the kernel that none of them can meet.
  init(
    structure: Structure, freshCoalitions: Int, draws: Int, unchecked: Double,
    _ agreement: ValueAgreement, _ ledger: EvaluationLedger, playerCount n: Int
  ) {
    self.structure = structure
    self.freshCoalitions = freshCoalitions
    let share = min(1, 2 * log(20) / Double(draws) + unchecked)
    let bounds = (0..<ledger.outputCount).map { output in
      let range = ledger.range(of: output)
      return 2 * Self.harmonic(n)
        * (agreement.allowance(output, ledger) + share * (range.upperBound - range.lowerBound))
    }
    bound = bounds.max() ?? 0
  }

  /// H_{n−1}.
  static func harmonic(_ n: Int) -> Double { (1..<n).reduce(0) { $0 + 1 / Double($1) } }
}

import Attribution
import Foundation

/// Games as text classifiers make them: a probability of order-aware or length-aware scores, with
/// random parameters.
///
/// Their Shapley values are not known in closed form; enumerate them.
extension ClosureGame {
  /// The games of each family, `perFamily` of each.
  public static func textLike(playerCount: Int, perFamily: Int, seed: UInt64) -> [ClosureGame] {
    var generator = SplitMix64(seed: seed)
    return (0..<perFamily).flatMap { _ in
      [
        maskedTrigram(playerCount: playerCount, using: &generator),
        survivingBigram(playerCount: playerCount, using: &generator),
        lengthNormalized(playerCount: playerCount, using: &generator),
      ]
    }
  }

  /// A logistic model over words, adjacent pairs and adjacent triples that are present as a whole.
  public static func maskedTrigram(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let weights = (1...3).map { length in
      (0..<max(0, n - length + 1)).map { _ in generator.sparseNormal(density: 0.5) * 0.6 }
    }
    return ClosureGame("masked trigram", playerCount: n) { members in
      var score = -0.2
      for (length, row) in weights.enumerated() {
        for (start, weight) in row.enumerated()
        where (start...start + length).allSatisfy({ members[$0] }) { score += weight }
      }
      return 1 / (1 + exp(-score))
    }
  }

  /// A logistic model over words and over pairs that are neighbours among the survivors.
  public static func survivingBigram(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let words = (0..<n).map { _ in generator.sparseNormal(density: 0.6) * 0.6 }
    let pairs = (0..<n).map { _ in (0..<n).map { _ in generator.sparseNormal(density: 0.3) * 0.6 } }
    let model = deletionBigram(words, first: words.map { _ in 0 }, pairs)
    return ClosureGame("surviving bigram", playerCount: n) { members in
      1 / (1 + exp(0.1 - model.function(members)[0]))
    }
  }

  /// A logistic model over word counts normalised to length one.
  public static func lengthNormalized(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let scales = (0..<n).map { _ in 1 + 3 * generator.unit() }
    let weights = (0..<n).map { _ in generator.sparseNormal(density: 0.7) * 1.5 }
    return ClosureGame("length-normalised", playerCount: n) { members in
      var score = 0.0
      var squares = 1e-12
      for player in members.players {
        score += scales[player] * weights[player]
        squares += scales[player] * scales[player]
      }
      return 1 / (1 + exp(-score / squares.squareRoot()))
    }
  }
}

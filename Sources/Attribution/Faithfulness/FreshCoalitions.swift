/// Coalitions to test an additive explanation on, other than those that it was made from.
///
/// Where few players have no more fresh coalitions than asked for, all of them are taken, each with
/// its probability; otherwise they are drawn, repetitions allowed.
public struct FreshCoalitions: Sendable {
  /// The coalitions, never ∅ or N.
  public let coalitions: Coalitions
  /// What each counts for.
  public let weights: [Double]
  /// Whether no coalition was used before.
  ///
  /// False where nothing fresh is left, as after an enumeration: an explanation that has seen every
  /// coalition is compared with the whole game.
  public let isFresh: Bool

  /// Up to so many players all coalitions are gone through.
  private static let mostEnumeratedPlayers = 12
  /// After so many draws for each coalition that is wanted there is hardly anything fresh.
  private static let patience = 64
  /// Keeps the draws apart from those of estimators with the same seed.
  private static let stream: UInt64 = 0x5D2B_8E1F_93C6_A047

  /// Draws `count` coalitions, or takes all; `nil` below two players.
  ///
  /// - Parameter isUsed: whether the explanation was made from a coalition, given by its words.
  public init?(
    law: CoalitionLaw, playerCount n: Int, count: Int, seed: UInt64,
    isUsed: (ArraySlice<UInt64>) -> Bool
  ) {
    guard n > 1, count > 0 else { return nil }
    let probabilities = law.sizeProbabilities(playerCount: n)
    if n <= Self.mostEnumeratedPlayers {
      let all = UInt64(1) << UInt64(n)
      let fresh = (1..<all - 1).filter { !isUsed([$0]) }
      if fresh.count <= count {
        let taken = fresh.isEmpty ? Array(1..<all - 1) : fresh
        var coalitions = Coalitions(playerCount: n)
        for word in taken { coalitions.append(CollectionOfOne(word)) }
        weights = taken.map { word in
          let size = word.nonzeroBitCount
          return probabilities[size] / Subsets(size: size, playerCount: n).count
        }
        self.coalitions = coalitions
        isFresh = !fresh.isEmpty
        return
      }
    }
    var generator = SplitMix64(seed: seed ^ Self.stream)
    let most = Self.patience * count
    var drawn = Self.draw(
      probabilities, n, count: count, most: most, using: &generator, isUsed: isUsed)
    isFresh = drawn.count > 0
    if !isFresh {
      drawn = Self.draw(probabilities, n, count: count, most: count, using: &generator) { _ in
        false
      }
    }
    coalitions = drawn
    weights = Array(repeating: 1, count: drawn.count)
  }

  /// At most `count` coalitions that are not used, out of at most `most` draws.
  private static func draw(
    _ probabilities: [Double], _ n: Int, count: Int, most: Int, using generator: inout SplitMix64,
    isUsed: (ArraySlice<UInt64>) -> Bool
  ) -> Coalitions {
    var coalitions = Coalitions(playerCount: n)
    var draws = 0
    while coalitions.count < count, draws < most {
      draws += 1
      var left = generator.unit()
      var size = 1
      while size < n - 1, left >= probabilities[size] {
        left -= probabilities[size]
        size += 1
      }
      let words = Subsets(size: size, playerCount: n).sample(1, using: &generator)[0]
      if !isUsed(words[...]) { coalitions.append(words) }
    }
    return coalitions
  }
}

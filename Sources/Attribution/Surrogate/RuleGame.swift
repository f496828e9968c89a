/// The game of a link of a sum of rules, among the players that they depend on.
package final class RuleGame: Game {
  /// Effects below this part of the largest are none.
  private static let smallest = 1e-8
  /// The most players whose coalitions are enumerated.
  private static let enumerated = 16
  /// The evaluations of a first simulation, which often does, and of a more precise one.
  private static let budgets = [1 << 13, 1 << 16]
  /// The most evaluations times *n*², which is what they cost.
  private static let operations = 5_000_000_000

  /// The number of players that rules depend on.
  package let playerCount: Int
  package let outputCount = 1
  private let players: [Int]
  private let allPlayers: Int
  private let link: Link?
  private let terms: [Term]

  private struct Term {
    /// The players that are wanted.
    let words: [UInt64]
    /// Those of whom few may be present.
    let between: [UInt64]
    let mostBetween: Int
    let coefficient: Double
  }

  package init(rules: [TextRule], effects: [Double], link: Link?, playerCount n: Int) {
    let smallest = Self.smallest * (effects.map { abs($0) }.max() ?? 0)
    let effects = zip(rules, effects).filter { abs($0.1) > smallest }
    let players = Set(effects.flatMap { $0.0.players + $0.0.between }).sorted()
    let positions = Dictionary(uniqueKeysWithValues: zip(players, players.indices))
    func words(_ some: [Int]) -> [UInt64] {
      var coalition = Coalitions(playerCount: players.count)
      coalition.append(of: some.compactMap { positions[$0] })
      return coalition.words
    }
    terms = effects.map { rule, coefficient in
      Term(
        words: words(rule.players), between: words(rule.between),
        mostBetween: (rule.near?.reach ?? 1) - 1, coefficient: coefficient)
    }
    self.players = players
    playerCount = players.count
    allPlayers = n
    self.link = link
  }

  /// The Shapley values of all players and their standard errors: enumerated where players are few, else sampled by
  /// paired KernelSHAP.
  ///
  /// - Parameters:
  ///   - tolerated: The sum of squared errors up to which fewer evaluations do.
  ///   - most: The most evaluations where players are not few.
  package func shapleyValues(
    seed: UInt64, tolerated: Double, most: Int = 1 << 18
  ) throws -> (values: [Double], standardErrors: [Double]) {
    if playerCount <= Self.enumerated {
      let exact = try ExactShapley().values(of: self)
      return (spread(exact.values[0]), spread(exact.values[0].map { _ in 0 }))
    }
    let least = 4 * playerCount + 2
    let most = max(least, min(most, Self.operations / (playerCount * playerCount)))
    let budgets = tolerated > 0 ? Self.budgets.filter { (least..<most).contains($0) } : []
    var found = (values: [Double](), errors: [Double]())
    for budget in budgets + [most] {
      let sampled = try KernelShapley(budget: budget, seed: seed).values(of: self)
      let values = sampled.values[0]
      // Where nothing is known of the errors, they may be as large as the values.
      found = (
        values, sampled.isExact ? values.map { _ in 0 } : sampled.standardErrors?[0] ?? values
      )
      if dot(found.errors, found.errors) <= tolerated { break }
    }
    return (spread(found.values), spread(found.errors.map { abs($0) }))
  }

  private func spread(_ values: [Double]) -> [Double] {
    var all = [Double](repeating: 0, count: allPlayers)
    for (player, value) in zip(players, values) { all[player] = value }
    return all
  }

  package func values(of coalitions: Coalitions) -> [Double] {
    let size = coalitions.wordsPerCoalition
    return coalitions.words.withUnsafeBufferPointer { words in
      coalitions.indices.map { index in
        var sum = 0.0
        for term in terms {
          var missing: UInt64 = 0
          var between = 0
          for word in 0..<size {
            let present = words[index * size + word]
            missing |= term.words[word] & ~present
            between += (term.between[word] & present).nonzeroBitCount
          }
          if missing == 0, between <= term.mostBetween { sum += term.coefficient }
        }
        return link?.inverse(sum) ?? sum
      }
    }
  }
}

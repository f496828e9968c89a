import Attribution
import Testing
import _TestSupport

@Suite("Standard errors of the surrogate") struct SurrogateErrorTests {
  @Test(
    "1.96 standard errors cover the exact values in 90 to 99 % of cases, in all where next to nothing is unknown",
    arguments: [8, 16, 50])
  func coverage(factor: Int) throws {
    var covered = 0
    var all = 0
    for (_, game, truth) in try textGames(playerCounts: 10...13, seed: 31) {
      for seed in 1...3 as ClosedRange<UInt64> {
        let result = try SurrogateShapley(budget: factor * game.playerCount, seed: seed)
          .values(of: game)
        let errors = try #require(result.standardErrors)[0]
        for player in truth.indices {
          all += 1
          if abs(result.values[0][player] - truth[player]) <= 1.96 * errors[player] {
            covered += 1
          }
        }
      }
    }
    let share = Double(covered) / Double(all)
    #expect((0.9...(factor < 50 ? 0.998 : 1)).contains(share), "\(covered) of \(all)")
  }

  @Test(
    "where few words count and turn each other around, the errors of the strongest are covered, too"
  )
  func coverageOfTheStrongest() throws {
    // I didn't love this movie, but the acting was great: didn't reaches three words, but weighs what stands around it.
    let valences = [2: 3.2, 9: 3.1]
    let game = ClosureGame("negation", playerCount: 10) { members in
      let words = members.players
      let turn = words.firstIndex(of: 5)
      let sum = words.indices.reduce(0.0) { sum, index in
        guard var valence = valences[words[index]] else { return sum }
        if words[max(0, index - 3)..<index].contains(1) { valence *= -0.74 }
        if let turn { valence *= index < turn ? 0.5 : 1.5 }
        return sum + valence
      }
      return sum / (sum * sum + 15).squareRoot()
    }
    let truth = try ExactShapley().values(of: game).values[0]
    let strongest = Set(truth.indices.sorted { abs(truth[$0]) > abs(truth[$1]) }.prefix(3))
    var covered = (all: 0, strong: 0)
    for seed in 0..<24 as Range<UInt64> {
      var estimator = SurrogateShapley(budget: 900, seed: seed)
      estimator.tolerance = 0.02
      let result = try estimator.values(of: game)
      let errors = try #require(result.standardErrors)[0]
      for player in truth.indices
      where abs(result.values[0][player] - truth[player]) <= 1.96 * errors[player] {
        covered.all += 1
        covered.strong += strongest.contains(player) ? 1 : 0
      }
    }
    #expect(covered.all >= 216, "\(covered) of 240 and 72")
    #expect(covered.strong >= 62, "\(covered) of 240 and 72")
  }

  @Test(
    "with hardly any pairs of middle sizes, standard errors are wide enough, for the strongest too",
    arguments: [2.2, 2.6, 3, 3.5])
  func coverageOfTheFewest(factor: Double) throws {
    var covered = (all: 0, strong: 0)
    var count = covered
    for (_, game, truth) in try textGames(playerCounts: 10...13, seed: 31) {
      let largest = truth.map { abs($0) }.max() ?? 0
      let result = try SurrogateShapley(
        budget: Int(factor * Double(game.playerCount)), seed: 1
      ).values(of: game)
      let errors = try #require(result.standardErrors)[0]
      for player in truth.indices {
        let isWithin = abs(result.values[0][player] - truth[player]) <= 1.96 * errors[player]
        count.all += 1
        covered.all += isWithin ? 1 : 0
        guard abs(truth[player]) > largest / 2 else { continue }
        count.strong += 1
        covered.strong += isWithin ? 1 : 0
      }
    }
    #expect(Double(covered.all) >= 0.93 * Double(count.all))
    #expect(Double(covered.strong) >= 0.9 * Double(count.strong))
  }

  @Test("however well all pairs are foretold, errors are about what others may hide")
  func unseen() throws {
    let n = 12
    let weights = (0..<n).map { 0.1 + 0.03 * Double($0) }
    // What a surrogate behind this link foretells without a rest.
    let game = ClosureGame("bent sum", playerCount: n) { members in
      let sum = members.players.reduce(-1) { $0 + weights[$1] }
      return 0.5 + sum / (2 * (sum * sum + 15).squareRoot())
    }
    let truth = try exactValues(of: game)
    let spread = (truth.max() ?? 0) - (truth.min() ?? 0)
    var estimator = SurrogateShapley(budget: 20 * n, seed: 2)
    estimator.parts.remove(.certificates)
    let result = try estimator.values(of: game)
    let errors = try #require(result.standardErrors)[0]
    let least = 2.0.squareRoot() * spread / Double(20 * n + 2)
    for player in 0..<n {
      #expect(abs(result.values[0][player] - truth[player]) < 0.01 * least)
      #expect(errors[player] > 0.9 * least && errors[player] < 1.1 * least)
    }
  }

  @Test("standard errors cover votes, of which the pairs of single players show nothing")
  func coverageOfVotes() throws {
    var covered = 0
    var count = 0
    for seed in 1...10 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let game = ClosureGame.randomWeightedVoting(playerCount: 25, using: &generator)
      let result = try SurrogateShapley(budget: 100, seed: seed).values(of: game)
      let errors = try #require(result.standardErrors)[0]
      for (player, truth) in game.shapleyValues.enumerated() {
        count += 1
        covered += abs(result.values[0][player] - truth) <= 1.96 * errors[player] ? 1 : 0
      }
    }
    #expect(Double(covered) >= 0.9 * Double(count), "\(covered) of \(count)")
  }
}

/// Games as text classifiers make them, with their exact values.
func textGames(
  playerCounts: ClosedRange<Int>, seed: UInt64
) throws -> [(name: String, game: TableGame, truth: [Double])] {
  try playerCounts.flatMap { n in
    try ClosureGame.textLike(playerCount: n, perFamily: 1, seed: seed &+ UInt64(n)).map {
      let table = try TableGame(of: $0)
      return ($0.name, table, try exactValues(of: table))
    }
  }
}

import Attribution
import Foundation
import Testing
import _TestSupport

@Suite("Structure certificates") struct StructureCertificateTests {
  private func weights(_ n: Int) -> [Double] {
    var generator = SplitMix64(seed: 9)
    return (0..<n).map { _ in generator.unit() - 0.4 }
  }

  @Test("60 additive players: exact with 62 and 60 evaluations")
  func additive() throws {
    let game = ClosureGame.additive(weights(60))
    let result = try SurrogateShapley(budget: 4096, seed: 1).values(of: game)
    #expect(result.isExact && result.standardErrors == nil)
    #expect(result.evaluations <= 122 && result.evaluations == game.distinctEvaluations)
    let certificate = try #require(result.certificate)
    #expect(certificate.name == "additive" && certificate.freshCoalitions == 60)
    #expect(certificate.bound > 0 && certificate.bound.isFinite)
    #expect(largestDifference(result.values[0], game.shapleyValues) < 1e-12)
  }

  @Test("a rule of words that come to stand side by side is hardly ever taken for an additive game")
  func rule() throws {
    let n = 20
    let weights = weights(n)
    let game = ClosureGame("not … good", playerCount: n) { members in
      let rule = members[0] && members[2] && !members[1] ? 0.7 : 0.0
      return members.players.reduce(rule) { $0 + weights[$1] }
    }
    // The rule is silent in ∅, N and all single players. 15 pairs of halves and some others miss it together in
    // 1 of 100 cases: (3/4)¹⁵.
    let passed = try (1...100 as ClosedRange<UInt64>).count {
      try SurrogateShapley(budget: 200, seed: $0).values(of: game).certificate != nil
    }
    #expect(passed <= 5)
  }

  @Test("a rule of words far apart that only speaks where hardly any other word is left is found")
  func farApart() throws {
    let n = 16
    let game = ClosureGame("not … good", playerCount: n) { members in
      let between = (3..<15).count { members[$0] }
      return 0.3 * members.indicator(15)
        - (members[2] && members[15] && between < 3 ? 0.2 : 0)
    }
    let truth = try exactValues(of: game)
    for seed in 1...50 as ClosedRange<UInt64> {
      let result = try SurrogateShapley(budget: 400, seed: seed).values(of: game)
      #expect(result.certificate == nil && !result.isExact, "seed \(seed)")
      let errors = try #require(result.standardErrors)[0]
      for player in 0..<n where seed <= 5 {
        let error = abs(result.values[0][player] - truth[player])
        #expect(error < 5 * errors[player], "seed \(seed), \(player): \(error)")
      }
    }
    // What the first check found out is not forgotten where the budget then holds few others.
    for budget in [95, 100, 110, 115, 120, 125, 130] {
      #expect(try SurrogateShapley(budget: budget, seed: 1).values(of: game).certificate == nil)
    }
  }

  @Test("a word that moves the score alone is checked with every other word")
  func twos() throws {
    let n = 30
    let game = ClosureGame("one word", playerCount: n) { $0.indicator(7) - 0.5 * $0.indicator(20) }
    let result = try SurrogateShapley(budget: 1000, seed: 1).values(of: game)
    // 28 and 28 others, and both.
    #expect(result.certificate?.freshCoalitions == 60 + 57 && result.isExact)
    #expect((0..<n).allSatisfy { $0 == 7 || game.wasAsked(for: [7, $0]) })
    // Nothing is certified where the budget does not hold them.
    let tight = try SurrogateShapley(budget: 130, seed: 1).values(of: game)
    #expect(tight.certificate == nil && tight.evaluations <= 130)
    #expect(largestDifference(tight.values[0], result.values[0]) < 1e-6)
  }

  @Test("nothing is certified of values that differ by little more than their tolerance")
  func tolerance() throws {
    let n = 12
    let table = TableGame(randomFor: n, seed: 2)
    let game = ClosureGame("offset", playerCount: n) { members in
      1e6 + 1e-4 * table.table[members.players.reduce(0) { $0 | 1 << $1 }]
    }
    #expect(try SurrogateShapley(budget: 400, seed: 1).values(of: game).certificate == nil)
    var tolerant = SurrogateShapley(budget: 400, seed: 1)
    tolerant.valueTolerance = 10
    let tolerated = try tolerant.values(of: table)
    #expect(tolerated.certificate == nil && abs(tolerated.efficiencyGap(of: 0)) < 1e-12)
    #expect(tolerated.values[0].contains { $0 != 0 })
  }

  @Test("interactions of two: exact with twice the players and 60 more")
  func pairwise() throws {
    let n = 40
    let weights = weights(n)
    let game = ClosureGame.quadratic(weights, weights.map { a in weights.map { a * $0 } })
    let result = try SurrogateShapley(budget: 4096, seed: 1).values(of: game)
    #expect(result.certificate?.structure == .pairwise && result.isExact)
    #expect(result.evaluations <= 2 * n + 2 + 60)
    #expect(largestDifference(result.values[0], game.shapleyValues) < 1e-11)
  }

  @Test(
    "additive behind a link: estimated by simulation, with standard errors",
    arguments: Link.allCases)
  func linked(link: Link) throws {
    for n in [12, 24] {
      let weights = weights(n)
      let game = ClosureGame("linked", playerCount: n) { members in
        link.inverse(members.players.reduce(-1) { $0 + weights[$1] })
      }
      var estimator = SurrogateShapley(budget: 1000, seed: 1)
      estimator.tolerance = 0.02
      let result = try estimator.values(of: game)
      let certificate = try #require(result.certificate)
      #expect(certificate.name == "additive-\(link.rawValue)")
      #expect(!result.isExact && result.evaluations <= 2 * n + 62)
      let errors = try #require(result.standardErrors)[0]
      let truth =
        n == 12
        ? try exactValues(of: game)
        : try KernelShapley(budget: 400_000, seed: 8).values(of: game).values[0]
      for player in 0..<n {
        let error = abs(result.values[0][player] - truth[player])
        #expect(error <= 5 * errors[player] + 1e-6, "\(n), \(player): \(error)")
      }
      #expect(abs(result.efficiencyGap(of: 0)) < 1e-12)
    }
  }

  @Test(
    "a link is confirmed by as many pairs as the tolerance asks for, and may be refuted by them")
  func confirmation() throws {
    let n = 16
    let weights = weights(n)
    func game(hides: Bool) -> ClosureGame {
      ClosureGame("linked", playerCount: n) { members in
        // Three words that only act together where the others of the first ten are gone.
        let rule =
          hides && members[0] && members[4] && members[9]
          && [1, 2, 3, 5, 6, 7, 8].allSatisfy { !members[$0] }
        return Link.logit.inverse(members.players.reduce(rule ? -3 : -1) { $0 + weights[$1] })
      }
    }
    var evaluations: [Int] = []
    for tolerance in [0.02, 0.005, 0] {
      var estimator = SurrogateShapley(budget: 2000, seed: 1)
      estimator.tolerance = tolerance
      let result = try estimator.values(of: game(hides: false))
      let certificate = try #require(result.certificate)
      // Those of single players fitted it.
      #expect(certificate.freshCoalitions == result.evaluations - 2 - n)
      evaluations.append(result.evaluations)
      let error = try #require(result.relativeStandardError(of: 0))
      #expect(error <= max(tolerance, 2 / 2000) && error > 0.5 * tolerance)
    }
    #expect(evaluations[0] <= 2 * n + 62 && evaluations[1] < 500 && evaluations[2] == 2000)
    // Some beginnings of the design do not show the rule; the whole does.
    let hiding = game(hides: true)
    #expect(try SurrogateShapley(budget: 100, seed: 1).values(of: hiding).certificate != nil)
    let result = try SurrogateShapley(budget: 2000, seed: 1).values(of: hiding)
    #expect(result.certificate == nil && result.evaluations == 2000)
    let truth = try exactValues(of: hiding)
    let errors = try #require(result.standardErrors)[0]
    for player in 0..<n {
      #expect(abs(result.values[0][player] - truth[player]) <= 3 * errors[player])
    }
  }

  @Test("none for a game that only looks additive at N")
  func coincidence() throws {
    let n = 20
    let weights = weights(n)
    // Deviates in the middle sizes, and not at ∅, the singles, and N.
    let game = ClosureGame("bent", playerCount: n) { members in
      let bend = members.count > 1 && members.count < n - 1 ? (members[3] ? 0.01 : 0) : 0
      return members.players.reduce(0) { $0 + weights[$1] } + bend
    }
    let result = try SurrogateShapley(budget: 400, seed: 1).values(of: game)
    #expect(result.certificate == nil && !result.isExact)
    #expect(result.evaluations <= 400)
  }

  @Test("all outputs must have the structure")
  func outputs() throws {
    let n = 15
    let weights = weights(n)
    let mixed = ClosureGame("mixed", playerCount: n, outputCount: 2) { members in
      let sum = members.players.reduce(0) { $0 + weights[$1] }
      return [sum, sum * sum * sum]
    }
    #expect(try SurrogateShapley(budget: 200, seed: 1).values(of: mixed).certificate == nil)
    let both = ClosureGame("both", playerCount: n, outputCount: 2) { members in
      let sum = members.players.reduce(0) { $0 + weights[$1] }
      return [sum, 1 - 2 * sum]
    }
    #expect(
      try SurrogateShapley(budget: 200, seed: 1).values(of: both).certificate?.name == "additive")
  }
}

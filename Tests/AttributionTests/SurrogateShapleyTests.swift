import Attribution
import Foundation
import Synchronization
import Testing
import _TestSupport

@Suite("Surrogate estimator") struct SurrogateShapleyTests {
  private func squaredError(_ values: [Double], _ truth: [Double]) -> Double {
    zip(values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      / truth.reduce(0) { $0 + $1 * $1 }
  }

  /// Games as text classifiers make them, with their exact values.
  private func textGames(
    playerCounts: ClosedRange<Int>, seed: UInt64
  ) throws -> [(name: String, game: TableGame, truth: [Double])] {
    try playerCounts.flatMap { n in
      try ClosureGame.textLike(playerCount: n, perFamily: 1, seed: seed &+ UInt64(n)).map {
        let table = try TableGame(of: $0)
        return ($0.name, table, try exactValues(of: table))
      }
    }
  }

  @Test("half of paired KernelSHAP's error or less on games as text classifiers make them")
  func accuracy() throws {
    let games = try textGames(playerCounts: 10...14, seed: 11)
    for factor in [4, 8, 16, 50] {
      var ratios: [Double] = []
      for (_, game, truth) in games {
        let budget = factor * game.playerCount
        let ours = try SurrogateShapley(budget: budget, seed: 3).values(of: game)
        let kernel = try KernelShapley(budget: budget, seed: 3).values(of: game)
        #expect(ours.evaluations <= budget)
        ratios.append(
          squaredError(ours.values[0], truth) / squaredError(kernel.values[0], truth))
      }
      ratios.sort()
      #expect(ratios[ratios.count / 2] < 0.5, "\(factor)n: \(ratios)")
    }
  }

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

  @Test("however well all pairs are foretold, no error is less than what others may hide")
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

  @Test("the fewest evaluations give each player the mean of what it does alone and last")
  func fewest() throws {
    let n = 9
    // Opposites that outweigh each other, as a positive and a negative word.
    let game = ClosureGame("opposites", playerCount: n) { members in
      let sum = (members[3] ? 2.0 : 0) - (members[6] ? 1.9 : 0)
      return sum / (sum * sum + 15).squareRoot()
    }
    let result = try SurrogateShapley(budget: 2 * n + 2, seed: 1).values(of: game)
    let (plus, minus) = (2 / 19.0.squareRoot(), -1.9 / 18.61.squareRoot())
    let both = 0.1 / 15.01.squareRoot()
    let rest = (both - ((plus + both - minus) + (minus + both - plus)) / 2) / Double(n)
    #expect(abs(result.values[0][3] - (plus + both - minus) / 2 - rest) < 1e-12)
    #expect(abs(result.values[0][6] - (minus + both - plus) / 2 - rest) < 1e-12)
    #expect(abs(result.efficiencyGap(of: 0)) < 1e-12)
    // Nothing is known of what they do beside some others.
    #expect(try #require(result.relativeStandardError(of: 0)) > 0.05)
  }

  @Test(
    "a change of scale and offset changes nothing else, and neither does the complementary game")
  func affine() throws {
    let base = try TableGame(of: ClosureGame.textLike(playerCount: 9, perFamily: 1, seed: 4)[1])
    // Out of the unit interval, so that no link applies to one form only.
    let game = base.map { _, row in [2 + row[row.startIndex]] }
    let grand = (1 << 9) - 1
    var estimator = SurrogateShapley(budget: 90, seed: 2)
    for parts in [SurrogateParts.all, .all.subtracting(.rules)] {
      estimator.parts = parts
      let values = try estimator.values(of: game)
      let scaled = try estimator.values(of: game.map { _, row in [-7 * row[row.startIndex] + 3] })
      #expect(largestDifference(scaled.values[0], values.values[0].map { -7 * $0 }) < 1e-6)
      let errors = try #require(values.standardErrors)[0]
      #expect(
        largestDifference(try #require(scaled.standardErrors)[0], errors.map { 7 * $0 }) < 1e-6)
    }
    // Rules tell presence from absence.
    let values = try estimator.values(of: game)
    let dual = try estimator.values(
      of: game.map { coalition, _ in [game.table[grand] - game.table[grand ^ coalition]] })
    #expect(largestDifference(dual.values[0], values.values[0]) < 1e-6)
  }

  @Test("several outputs from one pool, each as well as alone")
  func outputs() throws {
    let games = try textGames(playerCounts: 11...11, seed: 5)
    let tables = games.map(\.game)
    let together = TableGame(
      playerCount: 11, outputCount: tables.count,
      table: (0..<1 << 11).flatMap { coalition in tables.map { $0.table[coalition] } })
    let result = try SurrogateShapley(budget: 120, seed: 1).values(of: together)
    #expect(result.evaluations == 120)
    for (output, game) in games.enumerated() {
      let alone = try SurrogateShapley(budget: 120, seed: 1).values(of: game.game)
      let error = squaredError(result.values[output], game.truth)
      #expect(error < 10 * squaredError(alone.values[0], game.truth) + 1e-3)
      #expect(abs(result.efficiencyGap(of: output)) < 1e-12)
    }
  }

  @Test("stops by tolerance, and a budget of what was reached gives the same")
  func tolerance() throws {
    let game = try TableGame(of: ClosureGame.textLike(playerCount: 13, perFamily: 1, seed: 6)[2])
    var estimator = SurrogateShapley(budget: 2000, seed: 1)
    estimator.tolerance = 0.05
    let stopped = try estimator.values(of: game)
    #expect(stopped.evaluations < 2000)
    #expect(try #require(stopped.relativeStandardError(of: 0)) <= 0.05)
    let repeated = try SurrogateShapley(budget: stopped.evaluations, seed: 1).values(of: game)
    #expect(repeated == stopped)
  }

  @Test("stops by tolerance where fits are dear, too")
  func toleranceOfManyPlayers() throws {
    let n = 220
    let game = ClosureGame("two sides", playerCount: n) { members in
      var sums = (left: 0.0, right: 0.0)
      for player in members.players {
        if player % 2 == 0 { sums.left += Double(player % 7) } else { sums.right += 1 }
      }
      return 1 / (1 + exp((200 - sums.left) / 40)) * 1 / (1 + exp((50 - sums.right) / 10))
    }
    var estimator = SurrogateShapley(budget: 20 * n, seed: 1)
    estimator.tolerance = 0.15
    let stopped = try estimator.values(of: game)
    #expect(stopped.evaluations < 20 * n)
    #expect(try #require(stopped.relativeStandardError(of: 0)) <= 0.15)
    #expect(
      try SurrogateShapley(budget: stopped.evaluations, seed: 1).values(of: game) == stopped)
  }

  @Test("stops when the caller says so, at once but not before every player was seen")
  func stop() throws {
    let game = try TableGame(of: ClosureGame.textLike(playerCount: 13, perFamily: 1, seed: 6)[2])
    var estimator = SurrogateShapley(budget: 2000, seed: 1, batchSize: 16)
    estimator.shouldStop = { true }
    var stopped = try estimator.values(of: game)
    #expect(stopped.evaluations == 28 && stopped.wasStopped)
    stopped.wasStopped = false
    #expect(try SurrogateShapley(budget: 28, seed: 1).values(of: game) == stopped)
  }

  @Test("a run with the budget that a stopped one reached repeats it", arguments: [0, 3, 9, 20])
  func repeated(looks: Int) throws {
    let n = 12
    // Foretells v(N), so that a structure is checked, and fails: some pairs of the design are known then.
    let weights = (0..<n).map { Double($0) - 4 }
    let game = ClosureGame("rule", playerCount: n) { members in
      let rule = members[2] && members[4] && !members[3] ? 3.0 : 0
      return members.players.reduce(rule) { $0 + weights[$1] }
    }
    let left = Mutex(looks)
    var estimator = SurrogateShapley(budget: 3000, seed: 1, batchSize: 16)
    estimator.shouldStop = {
      left.withLock {
        $0 -= 1; return $0 < 0
      }
    }
    var stopped = try estimator.values(of: game)
    #expect(stopped.wasStopped)
    stopped.wasStopped = false
    let again = SurrogateShapley(budget: stopped.evaluations, seed: 1)
    #expect(try again.values(of: game) == stopped)
  }

  @Test("pairs of a failed check are fitted to, and errors are told as they are")
  func failedCheck() throws {
    let n = 20
    let game = ClosureGame("two between", playerCount: n) { members in
      var sum = members.players.reduce(0.0) { $0 + Double($1) / 10 }
      for first in 0..<n - 3
      where members[first] && members[first + 3] && !members[first + 1] && !members[first + 2] {
        sum += 3
      }
      return sum
    }
    let truth = try KernelShapley(budget: 400_000, seed: 3).values(of: game).values[0]
    for budget in [2 * n + 62, 4 * n, 8 * n] {
      let result = try SurrogateShapley(budget: budget, seed: 1).values(of: game)
      let errors = try #require(result.standardErrors)[0]
      for player in 0..<n {
        let off = abs(result.values[0][player] - truth[player])
        #expect(off <= 4 * errors[player], "\(budget): \(player)")
      }
    }
  }

  @Test("the strongest are told apart from all others, not from the next one alone")
  func separation() {
    #expect(
      !Separation.isSettled([1, 0.5, 0.49], errors: [0.01, 0.01, 1], count: 1))
    #expect(Separation.isSettled([1, -0.5, 0.49], errors: [0.01, 0.01, 0.1], count: 1))
    #expect(!Separation.isSettled([1, 2], errors: [0, 0], count: 2))
    #expect(!Separation.isSettled([1, 2], errors: [0, 0], count: 0))
  }

  @Test("stops when the strongest are told apart")
  func settled() throws {
    let n = 14
    let game = ClosureGame("two strong", playerCount: n) { members in
      let strong = (members[0] ? 2.0 : 0) + (members[1] ? -3.0 : 0)
      return strong + sin(Double(members.players.reduce(0) { $0 + $1 * $1 }))
    }
    var estimator = SurrogateShapley(budget: 4000, seed: 1)
    estimator.settledCount = 2
    let result = try estimator.values(of: game)
    #expect(result.evaluations < 2000)
    let order = (0..<n).sorted { abs(result.values[0][$0]) > abs(result.values[0][$1]) }
    #expect(Set(order.prefix(2)) == [0, 1])
  }

  @Test("all coalitions give the exact values", arguments: [3, 4, 5, 6, 9])
  func complete(n: Int) throws {
    let game = TableGame(randomFor: n, seed: UInt64(n))
    let result = try SurrogateShapley(budget: 1 << n, seed: 1).values(of: game)
    #expect(result.isExact && result.evaluations == 1 << n)
    #expect(largestDifference(result.values[0], try exactValues(of: game)) < 1e-14)
  }

  @Test("ends on games that tell nothing, or everything at once", arguments: [7, 20, 70])
  func adversarial(n: Int) throws {
    let games: [ClosureGame] = [
      ClosureGame("constant", playerCount: n) { _ in 0.25 },
      ClosureGame("only N", playerCount: n) { $0.count == n ? 1 : 0 },
      ClosureGame("parity", playerCount: n) { $0.count % 2 == 0 ? 1 : 0 },
      ClosureGame("huge", playerCount: n) { $0[0] ? 1e99 : -1e99 },
      ClosureGame("tiny", playerCount: n) { Double($0.count) * 1e-300 },
      ClosureGame("at the border", playerCount: n) { $0[1] ? 1 - 1e-16 : 1e-300 },
    ]
    for game in games {
      let result = try SurrogateShapley(budget: 6 * n, seed: 1).values(of: game)
      #expect(result.values[0].allSatisfy { $0.isFinite }, "\(game.name)")
      let size = max(1, abs(result.grandValues[0]), abs(result.emptyValues[0]))
      #expect(abs(result.efficiencyGap(of: 0)) <= 1e-9 * size, "\(game.name)")
      #expect(result.standardErrors?[0].allSatisfy { $0.isFinite } ?? true, "\(game.name)")
    }
  }
}

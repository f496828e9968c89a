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

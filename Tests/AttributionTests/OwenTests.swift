import Attribution
import Testing
import _TestSupport

@Suite("Owen values") struct OwenTests {
  /// Partitions of 2 to 10 players: even, uneven, scattered and degenerate.
  static let partitions: [[[Int]]] = [
    [[0], [1]], [[0, 1]], [[0, 1], [2]], [[1], [0, 2]], [[0, 3], [1, 2]],
    [[0, 1, 2], [3], [4, 5]],
    [[0], [1], [2], [3]], [[4, 2, 0], [1, 3, 5]], [[0, 1, 2, 3], [4, 5], [6]],
    [[0, 1], [2, 3], [4, 5], [6, 7]], [[7, 0], [1, 6, 2], [3], [4, 5, 8]],
    [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]], [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]],
  ]

  private func count(_ groups: [[Int]]) -> Int { groups.reduce(0) { $0 + $1.count } }

  private func estimate(
    _ game: any Game, _ groups: [[Int]], budget: Int, seed: UInt64 = 1, batchSize: Int = 4096
  ) throws -> ShapleyValues {
    try OwenShapley(
      groups: PlayerGroups(groups), budget: budget, seed: seed, batchSize: batchSize
    ).values(of: game)
  }

  private func minimum(_ groups: [[Int]]) -> Int {
    OwenShapley(groups: PlayerGroups(groups), budget: 0, seed: 0).minimumBudget
  }

  /// `count` groups of about `size` members, of neighbours.
  private func runs(_ count: Int, size: Int) -> [[Int]] {
    var groups: [[Int]] = []
    var next = 0
    for group in 0..<count {
      let members = max(1, size + (group * 5) % 3 - 1)
      groups.append(Array(next..<next + members))
      next += members
    }
    return groups
  }

  @Test("the definition is the mean over the orders in which groups stand together")
  func definition() {
    func orders(_ items: [Int]) -> [[Int]] {
      items.isEmpty
        ? [[]]
        : items.flatMap { first in orders(items.filter { $0 != first }).map { [first] + $0 } }
    }
    for groups in Self.partitions where count(groups) <= 6 {
      let n = count(groups)
      let game = TableGame(randomFor: n, seed: 3)
      let all = orders(Array(groups.indices)).flatMap { groupOrder in
        groupOrder.reduce([[]]) { starts, group in
          starts.flatMap { start in orders(groups[group]).map { start + $0 } }
        }
      }
      var mean = [Double](repeating: 0, count: n)
      for order in all {
        var coalition = 0
        for player in order {
          let after = coalition | 1 << player
          mean[player] += (game.table[after] - game.table[coalition]) / Double(all.count)
          coalition = after
        }
      }
      #expect(largestDifference(owenValues(of: game, groups: groups), mean) < 1e-12)
    }
  }

  @Test("enumeration equals the definition", arguments: partitions)
  func exact(groups: [[Int]]) throws {
    let n = count(groups)
    let game = TableGame(randomFor: n, outputCount: 2, seed: 8)
    let second = game.map { _, row in [row[row.startIndex + 1]] }
    for batchSize in [3, 4096] {
      let result = try estimate(game, groups, budget: 1 << n, batchSize: batchSize)
      #expect(result.isExact && result.standardErrors == nil && result.estimator == .owen)
      let first = owenValues(of: game, groups: groups)
      #expect(largestDifference(result.values[0], first) < 1e-12)
      #expect(largestDifference(result.values[1], owenValues(of: second, groups: groups)) < 1e-12)
      #expect(result.emptyValues[1] == game.table[1])
      #expect(result.grandValues[0] == game.table[game.table.count - 2])
    }
    let counted = ClosureGame("additive", playerCount: n) { Double($0.count) }
    let result = try estimate(counted, groups, budget: 1 << n)
    #expect(result.evaluations == counted.distinctEvaluations)
    #expect(result.evaluations <= 1 << n)
    // What enumeration takes is enough, and one less is not.
    #expect(try estimate(game, groups, budget: result.evaluations).isExact)
    if minimum(groups) < result.evaluations {
      #expect(try !estimate(game, groups, budget: result.evaluations - 1).isExact)
    }
  }

  @Test("one group, and groups of one member, leave Shapley values")
  func degenerate() throws {
    for n in [1, 2, 5, 9] {
      let game = TableGame(randomFor: n, seed: 4)
      let truth = try exactValues(of: game)
      for groups in [[Array(0..<n)], (0..<n).map { [$0] }] {
        let result = try estimate(game, groups, budget: 1 << n)
        #expect(largestDifference(result.values[0], truth) < 1e-12)
      }
    }
    let n = 14
    let game = TableGame(randomFor: n, seed: 4)
    for groups in [[Array(0..<n)], (0..<n).map { [$0] }] {
      #expect(minimum(groups) == 2 * n + 2)
      let result = try estimate(game, groups, budget: 300)
      let kernel = try KernelShapley(budget: 300, seed: 1).values(of: game)
      #expect(result.values == kernel.values && result.standardErrors == kernel.standardErrors)
      #expect(result.estimator == .owen && !result.isExact)
    }
    let none = try OwenShapley(groups: PlayerGroups([]), budget: 1, seed: 1)
      .values(of: TableGame(playerCount: 0, table: [0.5]))
    #expect(none.values == [[]] && none.isExact && none.evaluations == 1)
  }

  @Test("one group of more players than a regression is for")
  func longSentence() throws {
    let n = ShapleyEstimatorKind.kernelPlayerCount + 1
    let weights = (0..<n).map { Double(($0 * 7) % 11) - 5 }
    let result = try estimate(
      ClosureGame.additive(weights), [Array(0..<n)], budget: minimum([Array(0..<n)]))
    #expect(largestDifference(result.values[0], weights) < 1e-9)
  }

  @Test("additive games, and pairs that interact, are exact at the minimum budget")
  func minimumBudget() throws {
    var generator = SplitMix64(seed: 6)
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in 2 * generator.unit() - 1 } }
    for groups in [runs(8, size: 3), runs(5, size: 20), runs(30, size: 1), runs(3, size: 2)] {
      let n = count(groups)
      #expect(minimum(groups) == 2 * n + 2 * groups.count)
      let weights = numbers(n)
      let additive = ClosureGame.additive(weights)
      let result = try estimate(additive, groups, budget: minimum(groups))
      #expect(largestDifference(result.values[0], weights) < 1e-9)
      #expect(result.evaluations == additive.distinctEvaluations)
      #expect(result.evaluations <= minimum(groups))
      #expect(result.standardErrors == nil)
      // Of an interaction of two players each gets a half, within groups and between them.
      let quadratic = ClosureGame.quadratic(weights, (0..<n).map { _ in numbers(n) })
      let pairs = try estimate(quadratic, groups, budget: minimum(groups))
      #expect(largestDifference(pairs.values[0], quadratic.shapleyValues) < 1e-9)
    }
  }

  @Test("a budget below the minimum is refused, with the minimum, before anything is asked")
  func belowMinimum() throws {
    for groups in [runs(8, size: 3), [Array(0..<20)], (0..<20).map { [$0] }] {
      let game = ClosureGame.additive([Double](repeating: 1, count: count(groups)))
      let minimum = minimum(groups)
      let error = #expect(throws: ShapleyError.self) {
        try estimate(game, groups, budget: minimum - 1)
      }
      #expect(
        error
          == .budgetBelowMinimum(
            estimator: .owen, budget: minimum - 1, minimum: minimum, playerCount: count(groups)))
      #expect(game.distinctEvaluations == 0)
    }
  }

  @Test("values of a group's members sum to its value between groups, and all to v(N) − v(∅)")
  func efficiency() throws {
    let groups = [[0, 4, 8], [1, 2, 3, 5], [6, 7], [9, 10, 11]]
    let game = TableGame(randomFor: 12, seed: 2)
    let quotient = TableGame(
      playerCount: 4,
      table: (0..<16).map { chosen in
        let union = groups.indices.reduce(0) { union, group in
          chosen >> group & 1 == 1 ? groups[group].reduce(union) { $0 | 1 << $1 } : union
        }
        return game.table[union]
      })
    let totals = try exactValues(of: quotient)
    for budget in [minimum(groups) + 6, 100, 200, 3000] {
      let result = try estimate(game, groups, budget: budget)
      #expect(abs(result.efficiencyGap(of: 0)) <= 1e-12)
      for (group, total) in zip(groups, totals) {
        let sum = group.reduce(0) { $0 + result.values[0][$1] }
        // The game between four groups is enumerated.
        #expect(abs(sum - total) < 1e-12, "budget \(budget)")
      }
    }
  }

  @Test("where groups do not interact, Owen values are Shapley values")
  func separate() throws {
    let groups = [[0, 1, 2, 3], [4, 5, 6], [7, 8, 9, 10, 11]]
    let parts = groups.indices.map { TableGame(randomFor: groups[$0].count, seed: UInt64($0)) }
    let game = ClosureGame("separate", playerCount: 12) { members in
      groups.indices.reduce(0) { sum, group in
        let inside = groups[group].indices.filter { members[groups[group][$0]] }
        return sum + parts[group].table[inside.reduce(0) { $0 | 1 << $1 }]
      }
    }
    let truth = try parts.flatMap { try exactValues(of: $0) }
    let exact = try estimate(game, groups, budget: 1 << 12)
    #expect(exact.isExact && largestDifference(exact.values[0], truth) < 1e-12)
    let sampled = try estimate(game, groups, budget: 150)
    let errors = try #require(sampled.standardErrors)[0]
    for player in 0..<12 {
      #expect(abs(sampled.values[0][player] - truth[player]) <= 8 * errors[player] + 1e-12)
    }
  }

  @Test("equal members of equal groups get equal values; a null player gets nothing")
  func symmetry() throws {
    let groups = runs(4, size: 3)
    let even = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    let symmetric = ClosureGame.symmetric(playerCount: 9) { Double($0 * $0) / (1 + Double($0)) }
    let values = try estimate(symmetric, even, budget: 1 << 9).values[0]
    for value in values { #expect(abs(value - values[0]) < 1e-12) }

    let n = count(groups)
    let null = groups[1][0]
    let game = ClosureGame("null", playerCount: n) { members in
      let others = members.players.filter { $0 != null }
      return Double(others.reduce(0) { ($0 * 31 + $1) % 17 })
    }
    for budget in [minimum(groups), 10 * n] {
      let result = try estimate(game, groups, budget: budget)
      #expect(result.values[0][null] == 0, "budget \(budget)")
    }
  }

  @Test("linear in the game, up to where walks are spent")
  func linearity() throws {
    let groups = runs(5, size: 3)
    let n = count(groups)
    let game = TableGame(randomFor: n, seed: 5)
    let changed = game.map { _, row in [3 * row[row.startIndex] + 7] }
    let one = try estimate(game, groups, budget: 12 * n)
    let other = try estimate(changed, groups, budget: 12 * n)
    #expect(largestDifference(one.values[0].map { 3 * $0 }, other.values[0]) < 1e-11)
    let errors = try #require(one.standardErrors)[0].map { 3 * $0 }
    #expect(largestDifference(errors, try #require(other.standardErrors)[0]) < 1e-11)
  }

  @Test("equal seeds give equal values, whatever the batch size")
  func determinism() throws {
    let groups = runs(6, size: 3)
    let game = TableGame(randomFor: count(groups), outputCount: 2, seed: 9)
    for budget in [minimum(groups), 90, 400] {
      let reference = try estimate(game, groups, budget: budget)
      for batchSize in [1, 7, 64, 1000] {
        #expect(try estimate(game, groups, budget: budget, batchSize: batchSize) == reference)
      }
      #expect(
        try estimate(game, groups, budget: budget, seed: 2).values != reference.values)
    }
  }

  @Test("the budget is kept and used, and no batch is larger than asked for")
  func budget() throws {
    for groups in [runs(8, size: 3), runs(3, size: 30), runs(40, size: 2)] {
      let n = count(groups)
      for budget in [minimum(groups), minimum(groups) + 1, 5 * n, 10 * n + 1, 30 * n] {
        var generator = SplitMix64(seed: 3)
        let game = ClosureGame.maskedTrigram(playerCount: n, using: &generator)
        let result = try estimate(game, groups, budget: budget, batchSize: 10)
        #expect(result.evaluations == game.distinctEvaluations)
        #expect(result.evaluations <= budget)
        if budget >= 10 * n { #expect(result.evaluations > budget / 2, "\(n), \(budget)") }
        #expect(game.largestBatch <= 10)
        #expect(game.wasAsked(for: []) && game.wasAsked(for: Array(0..<n)))
      }
    }
  }

  @Test("a constant game takes no more walks than it must")
  func constant() throws {
    let groups = runs(8, size: 3)
    let game = ClosureGame("constant", playerCount: count(groups)) { _ in 0.25 }
    let result = try estimate(game, groups, budget: 40 * count(groups))
    #expect(result.values[0].allSatisfy { $0 == 0 })
    #expect(result.standardErrors?[0].allSatisfy { $0 == 0 } == true)
    #expect(result.evaluations < 25 * count(groups))
  }

  @Test("values that are no numbers are refused")
  func badValues() {
    let groups = runs(5, size: 4)
    for bad in [Double.nan, .infinity, 1e101] {
      for size in [1, 3, count(groups) / 2] {
        let game = ClosureGame("bad", playerCount: count(groups)) { $0.count == size ? bad : 1 }
        #expect(throws: GameError.self) { try estimate(game, groups, budget: 200) }
      }
    }
  }

  /// Text-like games of 12 to 14 players in groups, with their exact Owen values.
  private func textGames() throws -> [(game: TableGame, groups: [[Int]], truth: [Double])] {
    try (12...14).flatMap { n in
      try ClosureGame.textLike(playerCount: n, perFamily: 3, seed: UInt64(n)).map { game in
        let table = try TableGame(of: game)
        let groups = [Array(0..<3), Array(3..<5), Array(5..<9), [9], Array(10..<n)]
        return (table, groups, owenValues(of: table, groups: groups))
      }
    }
  }

  @Test("standard errors cover the truth at the nominal rate", arguments: [20, 25, 35])
  func coverage(factor: Int) throws {
    var covered = 0.0
    var all = 0.0
    var squares = (actual: 0.0, stated: 0.0)
    for (game, groups, truth) in try textGames() {
      for seed in 0..<10 as Range<UInt64> {
        let result = try estimate(
          game, groups, budget: factor * game.playerCount, seed: seed)
        guard !result.isExact else { continue }
        let errors = try #require(result.standardErrors)[0]
        for player in truth.indices {
          let error = abs(result.values[0][player] - truth[player])
          covered += error <= 1.96 * errors[player] + 1e-12 ? 1 : 0
          all += 1
          squares.actual += error * error
          squares.stated += errors[player] * errors[player]
        }
      }
    }
    #expect(all > 1000)
    #expect(covered / all > 0.9 && covered / all < 0.99, "\(covered / all)")
    let ratio = (squares.actual / squares.stated).squareRoot()
    #expect(ratio > 0.8 && ratio < 1.15, "\(ratio)")
  }

  @Test("the error falls about as the root of the budget")
  func convergence() throws {
    var errors: [Double] = []
    for factor in [4, 8, 16, 32] {
      var total = 0.0
      for (game, groups, truth) in try textGames() {
        for seed in 0..<6 as Range<UInt64> {
          let values = try estimate(
            game, groups, budget: factor * game.playerCount, seed: seed
          ).values[0]
          total +=
            zip(values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            / truth.reduce(0) { $0 + $1 * $1 }
        }
      }
      errors.append(total)
    }
    for index in 1..<errors.count { #expect(errors[index] < 0.75 * errors[index - 1], "\(errors)") }
  }
}

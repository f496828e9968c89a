import Attribution
import Testing
import _TestSupport

@Suite("ExactShapley") struct ShapleyExactTests {
  @Test("closed forms of all known games", arguments: 1...12)
  func closedForms(n: Int) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      for game in knownGames(playerCount: n, seed: seed) {
        let values = try exactValues(of: game)
        let difference = largestDifference(values, game.shapleyValues)
        #expect(difference < 1e-12, "\(game.name), n = \(n): \(difference)")
      }
    }
  }

  @Test("logistic models of whole numbers", arguments: 1...12)
  func scoreAutomata(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    for automaton in [
      ScoreAutomaton.randomMaskedNGram(playerCount: n, using: &generator),
      .randomSurvivingBigram(playerCount: n, using: &generator),
      .randomLinear(playerCount: n, using: &generator),
    ] {
      let values = try exactValues(of: automaton.game("automaton"))
      #expect(largestDifference(values, automaton.shapleyValues()) < 1e-13)
    }
  }

  @Test("worked numbers")
  func workedNumbers() throws {
    let pooling = try exactValues(of: ClosureGame.meanPooling([3, 0, 0]))
    #expect(largestDifference(pooling, [11.0 / 6, -5.0 / 12, -5.0 / 12]) < 1e-14)
    let glove = try exactValues(of: ClosureGame.glove(left: 1, right: 2))
    #expect(largestDifference(glove, [2.0 / 3, 1.0 / 6, 1.0 / 6]) < 1e-14)
    let airport = try exactValues(of: ClosureGame.airport([1, 2, 4]))
    #expect(largestDifference(airport, [1.0 / 3, 5.0 / 6, 17.0 / 6]) < 1e-14)
    var pairs = [[Double]](repeating: [0, 0, 0, 0], count: 4)
    pairs[0][3] = 1
    let bigram = try exactValues(
      of: ClosureGame.deletionBigram([0, 0, 0, 0], first: [0, 0, 0, 0], pairs))
    #expect(largestDifference(bigram, [1.0 / 12, -1.0 / 12, -1.0 / 12, 1.0 / 12]) < 1e-14)
    // The permanent members of a council of five that needs three of its two, and one more.
    let council = try exactValues(of: ClosureGame.weightedVoting([3, 3, 1, 1, 1], quota: 7))
    #expect(largestDifference(council, [0.45, 0.45, 1.0 / 30, 1.0 / 30, 1.0 / 30]) < 1e-14)
  }

  @Test("the mean over all orders", arguments: 1...6)
  func allOrders(n: Int) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let game = TableGame(randomFor: n, seed: seed)
      var sums = [Double](repeating: 0, count: n)
      var orders = 0.0
      forEachOrder(of: n) { order in
        var coalition = 0
        for player in order {
          sums[player] += game.table[coalition | 1 << player] - game.table[coalition]
          coalition |= 1 << player
        }
        orders += 1
      }
      let difference = largestDifference(try exactValues(of: game), sums.map { $0 / orders })
      #expect(difference < 1e-13, "n = \(n), seed \(seed)")
    }
  }

  private func forEachOrder(of n: Int, _ body: ([Int]) -> Void) {
    func extend(_ order: [Int]) {
      if order.count == n { return body(order) }
      for player in 0..<n where !order.contains(player) { extend(order + [player]) }
    }
    extend([])
  }

  @Test("no player, one player and two")
  func fewPlayers() throws {
    let none = try ExactShapley().values(of: ClosureGame("none", playerCount: 0) { _ in 3 })
    #expect(none.values == [[]] && none.evaluations == 1 && none.isExact)
    #expect(none.emptyValues == [3] && none.grandValues == [3])
    #expect(none.efficiencyGap(of: 0) == 0 && none.relativeStandardError(of: 0) == 0)
    let one = try ExactShapley().values(of: TableGame(playerCount: 1, table: [2, 5]))
    #expect(one.values == [[3]] && one.evaluations == 2)
    let two = try ExactShapley().values(of: TableGame(playerCount: 2, table: [1, 2, 4, 9]))
    #expect(two.values == [[3, 5]] && two.evaluations == 4)
  }

  @Test("the limit of 20 players, and one more")
  func limit() throws {
    let voting = ClosureGame.weightedVoting((0..<20).map { $0 % 4 + 1 }, quota: 26)
    let table = try TableGame(of: voting)
    let result = try ExactShapley().values(of: table)
    #expect(largestDifference(result.values[0], voting.shapleyValues) < 1e-12)
    #expect(result.evaluations == 1 << 20)
    let error = #expect(throws: ShapleyError.self) {
      try ExactShapley().values(of: ClosureGame.additive([Double](repeating: 1, count: 21)))
    }
    #expect(error == .tooManyPlayersForExact(playerCount: 21))
    #expect(error?.message.contains("2^21 = 2097152") == true)
  }

  @Test("several outputs come out of the same evaluations, each as if alone")
  func outputs() throws {
    let game = TableGame(randomFor: 7, outputCount: 3, seed: 2)
    let together = try ExactShapley().values(of: game)
    #expect(together.evaluations == 128)
    for output in 0..<3 {
      let alone = game.map { [$1[$1.startIndex + output]] }
      #expect(try ExactShapley().values(of: alone).values[0] == together.values[output])
    }
  }
}

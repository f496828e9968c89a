import Attribution
import Testing
import _TestSupport

@Suite("Faithfulness of rankings") struct FaithfulnessRankingTests {
  /// v(∅), v(0), v(1), v(01), v(2), v(02), v(12), v(012).
  private let game = TableGame(playerCount: 3, table: [1, 3, 2, 7, 0, 4, 5, 10])

  @Test("leave-one-out of a worked game, and of an additive one")
  func leaveOneOut() throws {
    let worked = try LeaveOneOut(of: game)
    #expect(worked.values == [[5, 6, 3]])
    #expect(worked.emptyValues == [1] && worked.grandValues == [10])
    let additive = ClosureGame.additive([0.5, -0.25, 0, 2])
    #expect(try LeaveOneOut(of: additive).values == [[0.5, -0.25, 0, 2]])
    #expect(additive.distinctEvaluations == 6)
    #expect(try LeaveOneOut(of: ClosureGame.additive([])).values == [[]])
  }

  @Test("either of two players suffices: both have 0; noise counts as 0")
  func redundancy() throws {
    let either = ClosureGame("or", playerCount: 2) { $0.count > 0 ? 1 : 0 }
    #expect(try LeaveOneOut(of: either).values == [[0, 0]])
    let noisy = ClosureGame("noise", playerCount: 2) { $0[1] ? 3 + 1e-13 * $0.indicator(0) : 0 }
    #expect(try LeaveOneOut(of: noisy).values[0][0] == 0)
  }

  @Test("the largest signed attribution goes first, of equal ones the earlier")
  func order() {
    #expect(RankingCurves.order(by: [1, 2, 1, 2, -3, 0]) == [1, 3, 0, 2, 5, 4])
    #expect(RankingCurves.order(by: []) == [])
  }

  @Test("curves, AOPC, areas and bins of a worked game")
  func worked() throws {
    let curves = try RankingCurves(of: game, output: 0, order: [1, 0, 2])
    #expect(curves.deletion == [10, 4, 0, 1])
    #expect(curves.insertion == [1, 2, 7, 10])
    #expect(curves.aopc == (0 + 6 + 10 + 9) / 4.0)
    #expect(curves.deletionArea == (7 + 2 + 0.5) / 3)
    #expect(curves.insertionArea == (1.5 + 4.5 + 8.5) / 3)
    let erasure = Erasure(curves)
    #expect(erasure.bins.map(\.percent) == [1, 50])
    #expect(erasure.bins.map(\.players) == [1, 2])
    #expect(erasure.bins.map(\.comprehensiveness) == [6, 10])
    #expect(erasure.bins.map(\.sufficiency) == [8, 3])
    #expect(erasure.comprehensiveness == 8 && erasure.sufficiency == 5.5)
  }

  @Test("the output that is asked for is the one that is used")
  func outputs() throws {
    let both = game.map { _, row in [-1, row[row.startIndex]] }
    #expect(
      try RankingCurves(of: both, output: 1, order: [1, 0, 2])
        == RankingCurves(of: game, output: 0, order: [1, 0, 2]))
    #expect(try OrderRange(of: both, output: 1) == OrderRange(of: game, output: 0))
  }

  @Test(
    "bins round up, and equal ones are left out",
    arguments: [
      (0, [], []), (1, [1], [1]), (2, [1], [1]), (4, [1, 50], [1, 2]),
      (10, [1, 20, 50], [1, 2, 5]), (11, [1, 10, 20, 50], [1, 2, 3, 6]),
      (100, [1, 5, 10, 20, 50], [1, 5, 10, 20, 50]),
      (101, [1, 5, 10, 20, 50], [2, 6, 11, 21, 51]),
    ] as [(Int, [Int], [Int])])
  func bins(_ n: Int, _ percents: [Int], _ players: [Int]) throws {
    let game = ClosureGame.additive(Array(repeating: 1, count: n))
    let erasure = Erasure(try RankingCurves(of: game, output: 0, order: Array(0..<n)))
    #expect(erasure.bins.map(\.percent) == percents)
    #expect(erasure.bins.map(\.players) == players)
    #expect((erasure.comprehensiveness == nil) == (n == 0))
  }

  @Test("without players there is nothing to tell; with one there is one step")
  func fewPlayers() throws {
    let none = try RankingCurves(of: ClosureGame.additive([]), output: 0, order: [])
    #expect(none.aopc == 0 && none.deletionArea == nil && none.insertionArea == nil)
    let one = try RankingCurves(of: ClosureGame.additive([4]), output: 0, order: [0])
    #expect(one.aopc == 2 && one.deletionArea == 2 && one.insertionArea == 2)
    #expect(Erasure(one).comprehensiveness == 4 && Erasure(one).sufficiency == 0)
  }

  @Test("curves take 2n evaluations")
  func cost() throws {
    let game = ClosureGame.additive((0..<70).map(Double.init))
    _ = try RankingCurves(of: game, output: 0, order: Array((0..<70).reversed()))
    #expect(game.distinctEvaluations == 140)
  }

  @Test("the best and the worst order are those of all n! orders", arguments: 1...6)
  func orderRange(n: Int) throws {
    for seed in 0..<6 as Range<UInt64> {
      let game = TableGame(randomFor: n, seed: seed)
      let all = try permutations(n).map { try RankingCurves(of: game, output: 0, order: $0).aopc }
      let range = try OrderRange(of: game, output: 0)
      #expect(abs(range.lowest - (all.min() ?? 0)) < 1e-12)
      #expect(abs(range.highest - (all.max() ?? 0)) < 1e-12)
      for aopc in all where n > 1 {
        let place = try #require(range.normalized(aopc))
        #expect((0...1).contains(place))
      }
    }
  }

  @Test("of an additive game the ranking by weight is the best, its reverse the worst")
  func additiveOrders() throws {
    let weights = [0.3, -1, 2, 0.1, -0.2, 0.7]
    let game = ClosureGame.additive(weights)
    let range = try OrderRange(of: game, output: 0)
    let order = RankingCurves.order(by: weights)
    let best = try RankingCurves(of: game, output: 0, order: order)
    let worst = try RankingCurves(of: game, output: 0, order: order.reversed())
    #expect(abs(try #require(range.normalized(best.aopc)) - 1) < 1e-12)
    #expect(abs(try #require(range.normalized(worst.aopc))) < 1e-12)
    var generator = SplitMix64(seed: 5)
    for _ in 0..<100 {
      let other = try RankingCurves(
        of: game, output: 0, order: Array(0..<6).shuffled(using: &generator))
      #expect(other.aopc <= best.aopc + 1e-12)
      #expect(other.deletionArea ?? 0 >= (best.deletionArea ?? 0) - 1e-12)
      #expect(other.insertionArea ?? 0 <= (best.insertionArea ?? 0) + 1e-12)
    }
  }

  @Test("where all orders are alike none is better")
  func alike() throws {
    for game in [ClosureGame.additive([1, 1, 1]), .additive([0, 0]), .additive([])] {
      let range = try OrderRange(of: game, output: 0)
      #expect(range.normalized(range.highest) == nil)
    }
  }

  @Test("a rank correlation is there where both rank something")
  func ranked() {
    #expect(RankAgreement.kendallTauIfRanked([1, 2, 3], [1, 2, 4]) == 1)
    #expect(RankAgreement.kendallTauIfRanked([1, 1, 1], [1, 2, 4]) == nil)
    #expect(RankAgreement.kendallTauIfRanked([1, 2], [4, 4]) == nil)
    #expect(RankAgreement.kendallTauIfRanked([], []) == nil)
  }

  private func permutations(_ n: Int) -> [[Int]] {
    if n == 0 { return [[]] }
    return permutations(n - 1).flatMap { shorter in
      (0...shorter.count).map { place in
        var longer = shorter
        longer.insert(n - 1, at: place)
        return longer
      }
    }
  }
}

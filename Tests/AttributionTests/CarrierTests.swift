import Attribution
import Foundation
import Testing
import _TestSupport

@Suite("Carriers") struct CarrierTests {
  /// A game of the players in `members`, the only ones that count.
  private func game(_ n: Int, _ members: [Int], seed: UInt64) -> ClosureGame {
    let table = TableGame(randomFor: members.count, seed: seed)
    return ClosureGame("carrier", playerCount: n) { present in
      table.table[
        members.enumerated().reduce(0) { $0 | (present[$1.element] ? 1 << $1.offset : 0) }]
    }
  }

  @Test(
    "all sets of the players that count are known: their values follow, and the others have none")
  func complete() throws {
    let members = [1, 2, 5, 9, 14, 17]
    let game = game(20, members, seed: 3)
    let result = try SurrogateShapley(budget: 600, seed: 1).values(of: game)
    let table = TableGame(randomFor: members.count, seed: 3)
    let truth = try exactValues(of: table)
    #expect(largestDifference(members.map { result.values[0][$0] }, truth) < 1e-12)
    let others = (0..<20).filter { !members.contains($0) }
    #expect(others.allSatisfy { result.values[0][$0] == 0 })
    // Which players count was checked and not proven.
    let errors = try #require(result.standardErrors)[0]
    #expect(!result.isExact && errors.allSatisfy { $0 > 0 && $0 < 0.02 })
  }

  @Test("the same in any batches, with several outputs and with more than 64 players")
  func batches() throws {
    let members = [1, 2, 5, 9, 14, 67]
    let tables = [1, 2].map { TableGame(randomFor: members.count, seed: $0) }
    let game = ClosureGame("two", playerCount: 70, outputCount: 2) { present in
      let set = members.enumerated().reduce(0) { $0 | (present[$1.element] ? 1 << $1.offset : 0) }
      return tables.map { $0.table[set] }
    }
    let whole = try SurrogateShapley(budget: 900, seed: 1).values(of: game)
    #expect(try SurrogateShapley(budget: 900, seed: 1, batchSize: 16).values(of: game) == whole)
    for (output, table) in tables.enumerated() {
      let truth = try exactValues(of: table)
      #expect(largestDifference(members.map { whole.values[output][$0] }, truth) < 1e-12)
    }
  }

  @Test("some sets are not known: mostly closer than without, and within five standard errors")
  func incomplete() throws {
    let members = [0, 3, 4, 7, 8, 9, 12, 13]
    var better = 0
    for seed in 1...5 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let weights = members.map { _ in (generator.unit() - 0.4, generator.unit()) }
      let game = ClosureGame("carrier", playerCount: 18) { present in
        var sums = (0.0, 0.0)
        for (player, weight) in zip(members, weights) where present[player] {
          sums.0 += weight.0
          sums.1 += weight.1
        }
        return tanh(2 * sums.0) * sums.1
      }
      let truth = try exactValues(of: game)
      var estimator = SurrogateShapley(budget: 420, seed: seed)
      let with = try estimator.values(of: game)
      estimator.parts.remove(.carrier)
      let without = try estimator.values(of: game)
      let errors = try #require(with.standardErrors)[0]
      for player in 0..<18 {
        #expect(abs(with.values[0][player] - truth[player]) < 5 * errors[player])
      }
      if largestDifference(with.values[0], truth) < largestDifference(without.values[0], truth) {
        better += 1
      }
      #expect(abs(with.efficiencyGap(of: 0)) < 1e-12)
    }
    #expect(better >= 4)
  }

  @Test("a player that does nothing in ∅ and N, but elsewhere, is not left out")
  func hidden() throws {
    let members = [1, 2, 5, 9]
    let inner = game(12, members, seed: 4)
    let game = ClosureGame("hidden", playerCount: 12) { present in
      let bend = present[0] && (3...9).contains(present.count) ? 0.2 : 0
      return inner.function(present) + bend
    }
    let truth = try exactValues(of: game)
    #expect(truth[0] > 0.05)
    let result = try SurrogateShapley(budget: 500, seed: 1).values(of: game)
    #expect(result.values[0][0] > 0.04)
  }
}

extension ClosureGame {
  fileprivate func function(_ present: Members) -> Double {
    var coalition = Coalitions(playerCount: playerCount)
    coalition.append(without: (0..<playerCount).filter { !present[$0] })
    return values(of: coalition)[0]
  }
}

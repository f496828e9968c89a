import Attribution
import Foundation
import Testing
import _TestSupport

@Suite("Sparse rules") struct SparseRulesTests {
  /// Words that count by themselves, a negation of a word near it, a pair anywhere, and a triple, behind a logit.
  private func reviewed(_ n: Int) -> ClosureGame {
    ClosureGame("rules", playerCount: n) { members in
      let between = (4..<6).count { members[$0] }
      var score = 0.9 * members.indicator(6) - 0.7 * members.indicator(1)
      if members[3], members[6], between < 2 { score -= 1.2 }
      if members[0], members[8] { score += 0.6 }
      if members[1], members[2], members[7] { score += 0.8 }
      return 1 / (1 + exp(-score))
    }
  }

  @Test("a logistic model of a few rules is learnt whole from a tenth of its values")
  func recovery() throws {
    let game = reviewed(12)
    let truth = try exactValues(of: game)
    let result = try SurrogateShapley(budget: 400, seed: 1).values(of: game)
    #expect(result.certificate == nil && !result.isExact)
    #expect(largestDifference(result.values[0], truth) < 1e-6)
    let errors = try #require(result.standardErrors)[0]
    #expect(errors.allSatisfy { $0 > 0 && $0 < 0.01 })
    var without = SurrogateShapley(budget: 400, seed: 1)
    without.parts.remove(.rules)
    let other = try without.values(of: game)
    #expect(largestDifference(other.values[0], truth) > 1e-5)
  }

  @Test("they hold where their players are present, and few between the two that must be near")
  func holds() {
    let n = 70
    let rule = TextRule([2, 66]).near(reach: 2)
    func holds(_ rule: TextRule, _ players: [Int]) -> Bool {
      var coalition = Coalitions(playerCount: n)
      coalition.append(without: (0..<n).filter { !players.contains($0) })
      return rule.holds(for: coalition[0])
    }
    #expect(holds(rule, [2, 66]) && holds(rule, [0, 2, 40, 66, 69]))
    #expect(!holds(rule, [2, 3, 65, 66]) && !holds(rule, [2, 40]) && !holds(rule, []))
    #expect(holds(TextRule([]), []) && holds(TextRule([2, 66]), Array(0..<n)))
    #expect(rule.with(9).players == [2, 9, 66])
    #expect(rule.between == Array(3..<66))
  }

  @Test("sums over rows with two players present, as counted one by one", arguments: [7, 19, 70])
  func pairSums(n: Int) {
    var generator = SplitMix64(seed: 6)
    var coalitions = Coalitions(playerCount: n)
    for _ in 0..<50 { coalitions.append(without: (0..<n).filter { _ in generator.unit() < 0.5 }) }
    let values = (0..<50).map { _ in generator.unit() - 0.5 }
    let sums = RuleTable(coalitions).pairSums(of: values)
    for first in 0..<n {
      for second in 0..<first {
        let expected = coalitions.indices.reduce(0.0) {
          coalitions.contains(first, in: $1) && coalitions.contains(second, in: $1)
            ? $0 + values[$1] : $0
        }
        #expect(abs(sums[first, second] - expected) < 1e-12)
      }
    }
  }

  @Test("sums over coalitions with all of a set, for every set")
  func subsetSums() {
    let n = 6
    var generator = SplitMix64(seed: 7)
    var coalitions = Coalitions(playerCount: n)
    for _ in 0..<30 { coalitions.append(CollectionOfOne(generator.next() & 63)) }
    let values = (0..<30).map { _ in generator.unit() }
    let sums = SubsetSums(of: values, at: coalitions)
    for set in 0..<1 << n {
      let expected = coalitions.indices.reduce(0.0) {
        Int(coalitions.words[$1]) & set == set ? $0 + values[$1] : $0
      }
      #expect(abs(sums[set] - expected) < 1e-12)
    }
    #expect(sums.sets(sizes: 2...5).count == 15 + 20 + 15 + 6)
  }

  @Test("sums over rows with players near each other, as counted one by one")
  func nearSums() {
    let n = 7
    var generator = SplitMix64(seed: 5)
    var coalitions = Coalitions(playerCount: n)
    for _ in 0..<40 { coalitions.append(CollectionOfOne(generator.next() & 127)) }
    let values = (0..<40).map { _ in generator.unit() }
    let sums = RuleTable(coalitions).nearSums(of: values)
    for first in 0..<n {
      for second in first + 1..<n {
        for reach in 1...TextRule.Near.most {
          let rule = TextRule([first, second]).near(reach: reach)
          let expected = coalitions.indices.reduce(0.0) {
            $0 + (rule.holds(for: coalitions[$1]) ? values[$1] : 0)
          }
          #expect(abs(sums[reach - 1][first * n + second] - expected) < 1e-12)
        }
      }
    }
  }

  @Test(
    "the game of rules has the values of its rules, enumerated or sampled", arguments: Link.allCases
  )
  func game(link: Link) throws {
    let rules = [
      TextRule([]), TextRule([0]), TextRule([4]), TextRule([1, 5]).near(reach: 1),
      TextRule([2, 8]),
    ]
    let effects = [-0.3, 0.8, -0.5, 1.1, 0.9]
    let n = 11
    let defined = ClosureGame("rules", playerCount: n) { members in
      var sum = -0.3 + 0.8 * members.indicator(0) - 0.5 * members.indicator(4)
      if members[1], members[5], !(2...4).contains(where: { members[$0] }) { sum += 1.1 }
      if members[2], members[8] { sum += 0.9 }
      return link.inverse(sum)
    }
    let game = RuleGame(rules: rules, effects: effects, link: link, playerCount: n)
    // 6, 7, 9 and 10 do nothing.
    #expect(game.playerCount == 7)
    let found = try game.shapleyValues(seed: 1, tolerated: 0)
    #expect(largestDifference(found.values, try exactValues(of: defined)) < 1e-12)
    #expect(found.standardErrors.allSatisfy { $0 == 0 })

    let many = 20
    let all = RuleGame(
      rules: rules + (0..<many).map { TextRule([$0]) },
      effects: effects + (0..<many).map { 0.01 * Double($0 - 9) },
      link: link, playerCount: many)
    let sampled = try all.shapleyValues(seed: 1, tolerated: 0)
    let exact = try exactValues(of: all)
    // Player 9 has an effect of 0.
    #expect(all.playerCount == many - 1)
    let left = (0..<many).filter { $0 != 9 }
    for (player, value) in zip(left, exact) {
      let error = abs(sampled.values[player] - value)
      #expect(error <= 5 * sampled.standardErrors[player] + 1e-9 && error < 1e-3)
    }
  }
}

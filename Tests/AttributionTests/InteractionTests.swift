import Attribution
import Foundation
import Testing
import _TestSupport

@Suite("Pair interactions") struct InteractionTests {
  private func table(_ interactions: [PairInteraction], _ n: Int) -> [Double] {
    var table = [Double](repeating: 0, count: n * n)
    for interaction in interactions {
      table[interaction.first * n + interaction.second] = interaction.value
    }
    return table
  }

  @Test(
    "sums of unanimity games: c/(|T| − 1) for the pairs of each carrier", arguments: [2, 3, 6, 9])
  func closedForm(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    let terms = (0..<3 * n).map { _ in
      (
        coefficient: generator.unit() - 0.5,
        carriers: (0..<n).filter { _ in generator.unit() < 0.5 }
      )
    }.filter { !$0.carriers.isEmpty }
    let game = ClosureGame.sumOfUnanimity(terms, playerCount: n)
    let found = try ExactInteractions.values(of: game)
    #expect(found.count == 1 && found[0].count == n * (n - 1) / 2)
    var expected = [Double](repeating: 0, count: n * n)
    for term in terms where term.carriers.count > 1 {
      for (position, i) in term.carriers.enumerated() {
        for j in term.carriers[(position + 1)...] {
          expected[i * n + j] += term.coefficient / Double(term.carriers.count - 1)
        }
      }
    }
    #expect(largestDifference(table(found[0], n), expected) < 1e-12)
  }

  @Test("the definition, term by term, for a random game")
  func definition() throws {
    let n = 5
    let game = TableGame(randomFor: n, seed: 3)
    for interaction in try ExactInteractions.values(of: game)[0] {
      let (i, j) = (1 << interaction.first, 1 << interaction.second)
      var sum = 0.0
      for s in 0..<1 << n where s & (i | j) == 0 {
        let v = game.table
        let weight = 1 / (Double(n - 1) * binomial(n - 2, s.nonzeroBitCount))
        sum += weight * (v[s | i | j] - v[s | i] - v[s | j] + v[s])
      }
      #expect(abs(sum - interaction.value) < 1e-13)
    }
  }

  @Test("none without a second player", arguments: [0, 1])
  func fewPlayers(n: Int) throws {
    #expect(try ExactInteractions.values(of: TableGame(randomFor: n, seed: 1)) == [[]])
  }

  @Test("interactions of two are found from the pairs of every estimator")
  func quadratic() throws {
    let n = 10
    var generator = SplitMix64(seed: 1)
    let weights = (0..<n).map { _ in generator.unit() }
    let pairs = (0..<n).map { _ in (0..<n).map { _ in generator.unit() - 0.5 } }
    let game = ClosureGame.quadratic(weights, pairs)
    for estimator in [
      KernelShapley(budget: 300, seed: 1), PermutationShapley(budget: 600, seed: 1),
    ] as [any ShapleyEstimator] {
      let result = try estimator.values(of: game)
      let pool = try #require(result.pool)
      let found = PooledInteractions.values(
        from: pool, output: 0, shapleyValues: result.values[0])
      #expect(found.count == n * (n - 1) / 2)
      for interaction in found {
        let truth = pairs[interaction.first][interaction.second]
        #expect(abs(interaction.value - truth) < 1e-3, "\(interaction)")
      }
    }
  }

  @Test("1.96 standard errors cover the exact interactions")
  func coverage() throws {
    var covered = 0
    var all = 0
    var errors = 0.0
    var squares = 0.0
    for n in 10...12 {
      for game in ClosureGame.textLike(playerCount: n, perFamily: 2, seed: UInt64(n)) {
        let exact = table(try ExactInteractions.values(of: TableGame(of: game))[0], n)
        let result = try SurrogateShapley(budget: 20 * n, seed: 1).values(of: game)
        let pool = try #require(result.pool)
        for interaction in PooledInteractions.values(
          from: pool, output: 0, shapleyValues: result.values[0])
        {
          let truth = exact[interaction.first * n + interaction.second]
          let error = interaction.value - truth
          all += 1
          if abs(error) <= 1.96 * (try #require(interaction.standardError)) { covered += 1 }
          errors += error * error
          squares += truth * truth
        }
      }
    }
    let share = Double(covered) / Double(all)
    #expect((0.9...0.995).contains(share), "\(covered) of \(all)")
    #expect(errors < 0.1 * squares, "\(errors / squares)")
  }

  @Test("they cover the strongest, too, which few evaluations draw towards 0", arguments: [8, 20])
  func coverageOfTheStrongest(factor: Int) throws {
    var covered = 0
    var all = 0
    let n = 24
    for seed in 1...8 as ClosedRange<UInt64> {
      let (a, b) = (Int(seed) % n, (Int(seed) * 5 + 3) % n)
      let game = ClosureGame("spike", playerCount: n) { members in
        let sum = members.players.reduce(0.0) { $0 + sin(Double($1)) / 4 }
        return 1 / (1 + exp(-sum)) + (members[a] && members[b] ? 1 : 0)
      }
      let result = try SurrogateShapley(budget: factor * n, seed: seed).values(of: game)
      // The other words' own interactions in the logistic function are below 0.02.
      let found = PooledInteractions.values(
        from: try #require(result.pool), output: 0, shapleyValues: result.values[0])
      let strongest = try #require(found.strongest(1).first)
      let error = try #require(strongest.standardError)
      #expect(error < (factor == 20 ? 0.3 : 3), "\(error)")
      #expect(Set([strongest.first, strongest.second]) == [a, b])
      all += 1
      if abs(strongest.value - 1) <= 1.96 * error + 0.02 {
        covered += 1
      }
    }
    #expect(covered * 10 >= all * 9, "\(covered) of \(all)")
  }

  @Test("a strong pair far apart is found among many players")
  func screening() throws {
    let n = 70
    let game = ClosureGame("far", playerCount: n) { members in
      members.players.reduce(0) { $0 + Double($1 % 7) * 0.01 } + (members[3] && members[61] ? 1 : 0)
        - (members[20] && members[40] ? 0.5 : 0)
    }
    let result = try KernelShapley(budget: 1400, seed: 1).values(of: game)
    let found = PooledInteractions.values(
      from: try #require(result.pool), output: 0, shapleyValues: result.values[0])
    let best = found.strongest(2)
    #expect(best.map { [$0.first, $0.second] } == [[3, 61], [20, 40]])
    #expect(abs(best[0].value - 1) < 0.1 && abs(best[1].value + 0.5) < 0.1)
  }

  @Test("closed forms of the kernels' interactions equal enumeration", arguments: [4, 5, 6])
  func readOut(n: Int) throws {
    let weights = Array([0.3, 1.7, 0.9, 1.1, 0.2, 2.1].prefix(n))
    for kernel in [
      PairKernel.interactions(order: 0, weighted: false),
      .interactions(order: 2, weighted: false), .interactions(order: 2, weighted: true),
      .runs(length: 2), .decay(isOdd: false),
    ] {
      let function = KernelFunction(kernel, playerCount: n, weights: weights)
      var coalitions = Coalitions(playerCount: n)
      for word in 0..<UInt64(1 << n) { coalitions.append(CollectionOfOne(word)) }
      let sum = KernelSum([function], variances: [1], playerCount: n)
      var differences = DifferenceRow(
        coalitions: coalitions, weights: weights, withNeighbours: true)
      var tables: [[Double]] = []
      for word in 0..<1 << n {
        differences.compare(coalitions[word], with: coalitions, count: 1 << n)
        var row = [Double](repeating: 0, count: 1 << n)
        row.withUnsafeMutableBufferPointer { buffer in
          if let start = buffer.baseAddress { sum.fill(start, from: differences, count: 1 << n) }
        }
        let signs = (0..<n).map { word >> $0 & 1 == 1 ? 1.0 : -1.0 }
        let exact = try ExactInteractions.values(of: TableGame(playerCount: n, table: row))[0]
        tables.append(exact.map(\.value))
        for interaction in exact {
          let found = function.interaction(
            interaction.first, interaction.second, signs: signs, size: word.nonzeroBitCount,
            readOut: function.pairReadOut)
          #expect(abs(found - interaction.value) < 1e-12, "\(kernel), \(word), \(interaction)")
        }
      }
      // Var I is the interaction of z′ ↦ I(k(·, z′)).
      let pairs = try ExactInteractions.values(
        of: TableGame(playerCount: n, table: tables.map { $0[0] }))[0]
      for (index, pair) in pairs.enumerated() {
        let covariance = TableGame(playerCount: n, table: tables.map { $0[index] })
        let variance = try ExactInteractions.values(of: covariance)[0][index].value
        #expect(
          abs(function.interactionVariance(pair.first, pair.second) - variance) < 1e-12,
          "\(kernel)")
      }
    }
  }
}

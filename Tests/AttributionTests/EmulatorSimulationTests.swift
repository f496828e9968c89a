import Attribution
import Foundation
import Testing
import _TestSupport

@Suite("Simulated emulators") struct EmulatorSimulationTests {
  private static let odd: [PairKernel] = [
    .interactions(order: 1, weighted: false), .interactions(order: 3, weighted: true),
    .interactions(order: 3, weighted: false), .runs(length: 3), .decay(isOdd: true), .length,
    .neighbours(isOdd: true),
  ]
  private static let even: [PairKernel] = [
    .interactions(order: 0, weighted: false), .interactions(order: 2, weighted: false),
    .interactions(order: 2, weighted: true), .runs(length: 2), .decay(isOdd: false),
    .neighbours(isOdd: false),
  ]

  private func random(_ count: Int, _ n: Int, _ generator: inout SplitMix64) -> Coalitions {
    var coalitions = Coalitions(playerCount: n)
    for _ in 0..<count {
      coalitions.append(without: (0..<n).filter { _ in generator.unit() < 0.5 })
    }
    return coalitions
  }

  private func all(_ n: Int) -> Coalitions {
    var all = Coalitions(playerCount: n)
    for word in 0..<UInt64(1 << n) { all.append(CollectionOfOne(word)) }
    return all
  }

  @Test(
    "feature maps of a posterior mean say what its kernels say", arguments: [3, 7, 63, 64, 65, 130])
  func means(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    let coalitions = random(n < 5 ? 5 : 40, n, &generator)
    let values = (0..<2).map { _ in coalitions.indices.map { _ in generator.unit() - 0.5 } }
    let weights = (0..<n).map { _ in 0.5 + generator.unit() }
    let processes = try [Self.odd, Self.even].map { kernels in
      try #require(
        PairProcess(
          coalitions: coalitions, values: values, kernels: kernels, weights: weights,
          noiseShares: coalitions.indices.map { _ in 1 }, leading: 0))
    }
    let means = PosteriorMeans(of: processes).values(at: coalitions)
    for (process, means) in zip(processes, means) {
      for output in values.indices {
        for pair in coalitions.indices {
          let expected = values[output][pair] - process.residuals[output][pair]
          #expect(abs(means[output][pair] - expected) < 1e-7)
        }
      }
    }
  }

  @Test("ℓ³ and ℓ q have the Shapley values that enumeration finds", arguments: [1, 2, 3, 4, 8, 9])
  func controls(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    let linear = (0..<n).map { _ in generator.unit() - 0.4 }
    var pairs = SquareMatrix(order: n)
    for first in 0..<n {
      for second in 0..<first { pairs[first, second] = generator.unit() - 0.5 }
    }
    let controls = LinkControls(linear: linear, pairs: pairs)
    let tables = controls.values(at: all(n))
    #expect(tables.count == 2)
    for (table, values) in zip(tables, controls.shapleyValues) {
      let truth = try exactValues(of: TableGame(playerCount: n, table: table))
      #expect(largestDifference(values, truth) < 1e-12)
    }
    // At one coalition, written out.
    let signs = (0..<n).map { $0 % 3 == 0 ? 1.0 : -1.0 }
    var coalition = Coalitions(playerCount: n)
    coalition.append(without: (0..<n).filter { $0 % 3 != 0 })
    let line = zip(signs, linear).reduce(0) { $0 + $1.0 * $1.1 }
    let quadratic = (0..<n).reduce(0.0) { sum, first in
      (0..<first).reduce(sum) { $0 + pairs[first, $1] * signs[first] * signs[$1] }
    }
    let found = controls.values(at: coalition)
    #expect(abs(found[0][0] - line * line * line) < 1e-12)
    #expect(abs(found[1][0] - line * quadratic) < 1e-12)
    #expect(LinkControls(linear: linear, pairs: nil).shapleyValues.count == 1)
  }

  @Test("what goes with functions of known values is put right by them")
  func variates() {
    var generator = SplitMix64(seed: 5)
    let weights = (0..<50).map { _ in 0.5 + generator.unit() }
    let controls = (0..<3).map { _ in
      (
        values: (0..<4).map { _ in generator.unit() },
        residuals: (0..<50).map { _ in generator.unit() - 0.5 }
      )
    }
    let known = controls.map { $0.values.map { $0 + generator.unit() } }
    let shares = [0.7, -2, 0.0]
    let truth = (0..<4).map { _ in generator.unit() }
    var fit = (values: truth, residuals: [Double](repeating: 0, count: 50))
    for (index, share) in shares.enumerated() {
      for player in 0..<4 {
        fit.values[player] += share * (controls[index].values[player] - known[index][player])
      }
      for row in 0..<50 { fit.residuals[row] += share * controls[index].residuals[row] }
    }
    // One of them is there twice, and one says nothing.
    let idle = (values: [0.0, 0, 0, 0], residuals: [Double](repeating: 0, count: 50))
    let result = ControlVariates.fit(
      fit, controls: controls + [controls[0], idle], known: known + [known[0], idle.values],
      weights: weights)
    #expect(largestDifference(result.values, truth) < 1e-9)
    #expect(result.residuals.allSatisfy { abs($0) < 1e-9 })
    let without = ControlVariates.fit(fit, controls: [], known: [], weights: weights)
    #expect(without.values == fit.values && without.residuals == fit.residuals)
  }

  @Test("behind a link, long texts are told to a hundredth from 16 evaluations a word")
  func longTexts() throws {
    let n = 50
    for seed in UInt64(1)...3 {
      var generator = SplitMix64(seed: seed)
      let automaton = ScoreAutomaton.randomMaskedNGram(playerCount: n, using: &generator)
      let truth = automaton.shapleyValues()
      let result = try SurrogateShapley(budget: 16 * n, seed: 1).values(of: automaton.game("text"))
      let off = zip(truth, result.values[0]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(off < 1e-3 * truth.reduce(0) { $0 + $1 * $1 })
    }
  }
}

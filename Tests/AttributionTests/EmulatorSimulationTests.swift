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
    for process in processes {
      for output in values.indices {
        let mean = PosteriorMean(process, output: output)
        let means = mean.values(at: coalitions)
        for pair in coalitions.indices {
          let expected = values[output][pair] - process.residuals[output][pair]
          #expect(abs(means[pair] - expected) < 1e-7)
        }
        // However many are asked for at once.
        var many = random(1030, n, &generator)
        let last = many[1029]
        let all = mean.values(at: many)
        many = Coalitions(playerCount: n)
        many.append(last)
        #expect(abs(mean.values(at: many)[0] - all[1029]) < 1e-9)
      }
    }
  }

  @Test(
    "an emulator's values are enumerated, or simulated within their errors", arguments: [8, 19])
  func simulation(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    let coalitions = random(40, n, &generator)
    let effects = (0..<2).map { _ in (0..<n).map { _ in 1.5 * (generator.unit() - 0.4) } }
    func values(_ isPresent: Bool) -> [[Double]] {
      effects.map { effects in
        coalitions.indices.map { pair in
          let members = (0..<n).map { coalitions.contains($0, in: pair) == isPresent }
          var score = (0..<n).reduce(-1.0) { $0 + (members[$1] ? effects[$1] : 0) }
          if members[1], members[2] { score -= 1.5 }
          return 1 / (1 + exp(-score))
        }
      }
    }
    let emulators = Link.allCases.compactMap {
      LinkEmulator(
        $0, parts: .all, coalitions: coalitions, present: values(true), absent: values(false),
        weights: (0..<n).map { _ in 1 }, noiseShares: coalitions.indices.map { _ in 1 }, leading: 0)
    }
    #expect(emulators.count == 2)
    let weights = [0.7, 0.2]
    for output in 0..<2 {
      let found = EmulatorSimulation(
        emulators, weights: weights, output: output, coalitions: coalitions
      ).shapleyValues(seed: 1, pairs: 40, outputs: 2, tolerated: 0)
      var table = [Double](repeating: 0, count: 1 << n)
      for (emulator, weight) in zip(emulators, weights) {
        for (index, value) in emulator.mean(of: output).oddParts(at: all(n)).enumerated() {
          table[index] += weight * value
        }
      }
      let truth = try exactValues(of: TableGame(playerCount: n, table: table))
      if n < 10 {
        #expect(found.standardErrors == [Double](repeating: 0, count: n))
        #expect(largestDifference(found.values, truth) < 1e-9)
      } else {
        #expect(found.standardErrors.allSatisfy { $0 > 0 && $0 < 0.003 })
        for player in 0..<n {
          #expect(abs(found.values[player] - truth[player]) < 5 * found.standardErrors[player])
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
    let coalitions = all(n)
    var (lines, forms) = ([Double](), [Double]())
    for index in coalitions.indices {
      let signs = (0..<n).map { coalitions.contains($0, in: index) ? 1.0 : -1 }
      lines.append((0..<n).reduce(0.0) { $0 + signs[$1] * linear[$1] })
      forms.append(
        (0..<n).reduce(0.0) { sum, first in
          (0..<first).reduce(sum) { $0 + pairs[first, $1] * signs[first] * signs[$1] }
        })
    }
    let tables = LinkControls.values(linear: lines, quadratic: forms)
    let values = LinkControls(linear: linear, pairs: pairs).shapleyValues
    #expect(tables.count == 2 && values.count == 2)
    for (table, values) in zip(tables, values) {
      let truth = try exactValues(of: TableGame(playerCount: n, table: table))
      #expect(largestDifference(values, truth) < 1e-12)
    }
    #expect(tables[0][0] == lines[0] * lines[0] * lines[0] && tables[1][0] == lines[0] * forms[0])
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
    // One of them is there twice, one says nothing, and of one only rounding is left.
    let idle = (values: [0.0, 0, 0, 0], residuals: [Double](repeating: 0, count: 50))
    let linear = (values: [1.0, 2, 3, 4], residuals: (0..<50).map { $0 % 3 == 0 ? 1e-15 : 0 })
    let result = ControlVariates.fit(
      fit, controls: controls + [controls[0], idle, linear],
      known: known + [known[0], idle.values, linear.values.map { $0 + 1e-12 }], weights: weights)
    #expect(largestDifference(result.values, truth) < 1e-9)
    #expect(result.residuals.allSatisfy { abs($0) < 1e-9 })
    let without = ControlVariates.fit(fit, controls: [], known: [], weights: weights)
    #expect(without.values == fit.values && without.residuals == fit.residuals)
  }

  @Test(
    "behind a link, long texts are told to a thousandth of the squares by 16 evaluations a word")
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

import Attribution
import Foundation
import Testing

@Suite("Stable LIME")
struct StableLimeTests {
  private func additive(_ weights: [Double], constant: Double = 0.25) -> LimeTestGame {
    LimeTestGame(playerCount: weights.count) { isPresent in
      [weights.indices.reduce(constant) { isPresent($1) ? $0 + weights[$1] : $0 }]
    }
  }

  /// A probability in which neighbours act together.
  private func bent(_ n: Int, seed: UInt64 = 0) -> LimeTestGame {
    var generator = SplitMix64(seed: seed)
    let weights = (0..<n).map { _ in 3 * generator.unit() - 1.5 }
    let pairs = (0..<n).map { _ in 2 * generator.unit() - 1 }
    let triples = (0..<n).map { _ in 2 * generator.unit() - 1 }
    return LimeTestGame(playerCount: n) { isPresent in
      var sum = 0.1
      for player in 0..<n where isPresent(player) {
        sum += weights[player]
        if player > 0, isPresent(player - 1) { sum += pairs[player] }
        if player > 1, isPresent(player - 1), isPresent(player - 2) { sum += triples[player] }
      }
      return [1 / (1 + exp(-sum))]
    }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test("a linear game gives its weights", arguments: [3, 12, 60, 200])
  func linearGame(n: Int) throws {
    let weights = (0..<n).map { Double($0 % 7) * 0.3 - 0.8 }
    let result = try StableLime(LimeOptions(samples: 3 * n + 20, seed: 1)).fit(additive(weights))
    let surrogate = result.surrogates[0]
    for (found, weight) in zip(surrogate.coefficients, weights) {
      #expect(abs(found - weight) < 1e-10)
    }
    #expect(abs(surrogate.intercept - 0.25) < 1e-9)
    #expect((surrogate.heldOutFidelity ?? 0) > 1 - 1e-9)
    #expect(surrogate.standardErrors?.allSatisfy { $0 < 1e-9 } ?? false)
    #expect(surrogate.isExact || surrogate.isConverged == true)
  }

  @Test("with so many samples the error is at most a third of lime's", arguments: [11, 14])
  func accuracy(n: Int) throws {
    var (compatible, stable) = (0.0, 0.0)
    for seed in 0..<4 {
      let game = bent(n, seed: UInt64(seed))
      let truth = try StableLime(LimeOptions(samples: 1 << n)).fit(game).surrogates[0].coefficients
      let options = LimeOptions(samples: 500, seed: UInt64(seed))
      compatible += distance(try Lime(options).fit(game).surrogates[0].coefficients, truth)
      stable += distance(
        try StableLime(options, tolerance: 0).fit(game).surrogates[0].coefficients, truth)
    }
    #expect(3 * stable < compatible)
  }

  @Test(
    "players and pairs that add up behind a link give the limit itself",
    arguments: [Link.logit, .algebraic])
  func linkedGame(link: Link) throws {
    let n = 16
    let game = LimeTestGame(playerCount: n) { isPresent in
      var sum = 0.3
      for player in 0..<n where isPresent(player) { sum += 0.5 * Double(player % 5) - 0.9 }
      for (first, second) in [(1, 2), (7, 12)] where isPresent(first) == isPresent(second) {
        sum += 1.2
      }
      return [link.inverse(sum)]
    }
    let truth = try StableLime(LimeOptions(samples: 1 << n)).fit(game).surrogates[0]
    #expect(truth.isExact)
    let found = try StableLime(LimeOptions(samples: 400, seed: 3), tolerance: 0).fit(game)
    #expect(!found.surrogates[0].isExact)
    #expect(distance(found.surrogates[0].coefficients, truth.coefficients) < 1e-16)
    #expect(abs(found.surrogates[0].intercept - truth.intercept) < 1e-8)
  }

  @Test("of 60 players that add up behind a link it needs a tenth of the evaluations")
  func manyLinkedPlayers() throws {
    let n = 60
    let game = LimeTestGame(playerCount: n) { isPresent in
      var sum = 0.3
      for player in 0..<n where isPresent(player) { sum += 0.4 * Double(player % 7) - 1.2 }
      return [1 / (1 + exp(-sum))]
    }
    func fit(_ samples: Int, seed: UInt64) throws -> [Double] {
      let options = LimeOptions(samples: samples, seed: seed)
      return try StableLime(options, tolerance: 0).fit(game).surrogates[0].coefficients
    }
    // Of a game that is a sum behind a link the evaluations tell all; what is left is that of the
    // simulation, which differs by the seed.
    let (few, many) = (try fit(400, seed: 1), try fit(4000, seed: 2))
    let plain = try Lime(LimeOptions(samples: 4000, seed: 2)).fit(game).surrogates[0].coefficients
    #expect(10 * distance(few, many) < distance(plain, many))
  }

  @Test("±1.96 standard errors cover the limit in 90 to 99.9 % of coefficients")
  func coverage() throws {
    var (covered, count) = (0, 0)
    for seed in 0..<24 {
      let n = 12
      let game = bent(n, seed: UInt64(seed % 6))
      let truth = try StableLime(LimeOptions(samples: 1 << n)).fit(game).surrogates[0].coefficients
      let options = LimeOptions(samples: 300, seed: UInt64(seed))
      let found = try StableLime(options, tolerance: 0).fit(game).surrogates[0]
      let errors = try #require(found.standardErrors)
      for player in 0..<n {
        let miss = abs(found.coefficients[player] - truth[player])
        covered += miss <= 1.96 * errors[player] ? 1 : 0
        count += 1
      }
    }
    let share = Double(covered) / Double(count)
    #expect(share > 0.9 && share < 0.999, "\(share)")
  }

  @Test(
    "no more coalitions are evaluated than asked for, and none twice",
    arguments: [2, 3, 4, 11, 12, 13, 100, 300, 1000, 1023, 1024, 1025, 5000])
  func budget(samples: Int) throws {
    let game = CountingGame(bent(10))
    let result = try StableLime(LimeOptions(samples: samples), tolerance: 0).fit(game)
    #expect(game.asked.count == min(samples, 1024))
    #expect(Set(game.asked).count == game.asked.count)
    #expect(result.samples == game.asked.count)
    #expect(result.surrogates[0].isExact == (samples >= 1024))
    #expect(result.surrogates[0].coefficients.allSatisfy { $0.isFinite })
    #expect((result.surrogates[0].standardErrors == nil) == (samples < 13))
    // With no tolerance it converges by its order alone, which takes some samples.
    if samples <= 13 { #expect(result.surrogates[0].isConverged == false) }
    let effective = try #require(result.effectiveSamples)
    #expect(effective >= 1 && effective <= Double(samples))
  }

  @Test("batches change no number, seeds do")
  func determinism() throws {
    func fit(seed: UInt64, batchSize: Int) throws -> LimeResult {
      try StableLime(LimeOptions(samples: 700, seed: seed), batchSize: batchSize).fit(bent(20))
    }
    let whole = try fit(seed: 5, batchSize: 4096)
    for batchSize in [1, 7, 256] { #expect(try fit(seed: 5, batchSize: batchSize) == whole) }
    #expect(try fit(seed: 6, batchSize: 4096) != whole)
  }

  @Test("it stops where the strongest players are settled, and not before with tolerance 0")
  func stopping() throws {
    let strong = additive((0..<40).map { $0 < 5 ? 1 : 0.01 })
    let crooked = LimeTestGame(playerCount: 40) { isPresent in
      [
        strong.values(of: .init(playerCount: 40, where: isPresent))[0]
          + (isPresent(7) == isPresent(9) ? 0.05 : 0)
      ]
    }
    let early = try StableLime(LimeOptions(samples: 4000)).fit(crooked)
    #expect(early.samples == 257)
    #expect(early.surrogates[0].isConverged == true)
    let late = try StableLime(LimeOptions(samples: 4000), tolerance: 0).fit(crooked)
    #expect(late.samples == 4000)
    // Which of twenty equal players are the strongest is never settled.
    let equal = LimeTestGame(playerCount: 20) { isPresent in
      [(0..<20).filter(isPresent).count % 3 == 0 ? 1 : 0]
    }
    let open = try StableLime(LimeOptions(samples: 600)).fit(equal)
    #expect(open.samples == 600)
    #expect(open.surrogates[0].isConverged == false)
  }

  @Test("one player is worth the difference of its two coalitions")
  func onePlayer() throws {
    let result = try StableLime(LimeOptions(samples: 2)).fit(additive([0.6], constant: 0.2))
    let surrogate = result.surrogates[0]
    #expect(abs(surrogate.coefficients[0] - 0.6) < 1e-15)
    #expect(surrogate.intercept == 0.2 && surrogate.isExact && result.samples == 2)
  }

  @Test("two players are worth what each adds to nothing: their pair has no share in the limit")
  func twoPlayers() throws {
    let game = LimeTestGame(playerCount: 2) { [$0(0) && $0(1) ? 1 : $0(1) ? 0.25 : 0] }
    let surrogate = try StableLime().fit(game).surrogates[0]
    #expect(abs(surrogate.coefficients[0]) < 1e-12)
    #expect(abs(surrogate.coefficients[1] - 0.25) < 1e-12)
    #expect(surrogate.isExact && abs(surrogate.intercept) < 1e-12)
  }

  @Test("a constant output has coefficients 0, whatever the others do", arguments: [1, 4, 30])
  func constantGame(n: Int) throws {
    let game = LimeTestGame(playerCount: n, outputCount: 2) { isPresent in
      [0.7, isPresent(0) ? 1 : 0]
    }
    let result = try StableLime(LimeOptions(samples: 200)).fit(game)
    let constant = result.surrogates[0]
    #expect(constant.isConstant && constant.coefficients == Array(repeating: 0, count: n))
    #expect(constant.standardErrors == Array(repeating: 0, count: n))
    #expect(constant.intercept == 0.7 && constant.fidelity == 1 && constant.heldOutFidelity == 1)
    #expect(!result.surrogates[1].isConstant)
    #expect(abs(result.surrogates[1].coefficients[0] - 1) < 1e-9)
  }

  @Test("very narrow and very wide kernels give finite numbers", arguments: [1e-200, 1, 1e9])
  func kernelWidths(width: Double) throws {
    let result = try StableLime(LimeOptions(samples: 300, kernelWidth: width)).fit(bent(15))
    #expect(result.surrogates[0].coefficients.allSatisfy { $0.isFinite })
    #expect(result.surrogates[0].fidelity <= 1)
  }

  @Test("what selects players is refused, and so are bad options")
  func badOptions() {
    for options in [LimeOptions(features: 3), LimeOptions(selection: .lasso)] {
      #expect(throws: LimeError.selectionNotOffered) { try StableLime(options) }
    }
    #expect(throws: LimeError.tooFewSamples(1)) { try StableLime(LimeOptions(samples: 1)) }
  }
}

@Suite("The design of stable LIME")
struct NestedDesignTests {
  @Test("every beginning holds of each size its share, rounded", arguments: [6, 25, 300])
  func shares(n: Int) {
    let most = 2000
    let shares = RemovalLaw(playerCount: n, kernelWidth: 25).shares
    let design = NestedDesign(playerCount: n, kernelWidth: 25, most: most, seed: 8)
    let rows = design.coalitions
    #expect(rows.size(of: 0) == 0)
    #expect(Set((0..<rows.count).map { Array(rows[$0]) }).count == rows.count)
    #expect(rows.count == (n == 6 ? 63 : most))
    #expect(design.isComplete == (n == 6))
    for count in [1, 2, 10, 63, 500, 2000] where count <= rows.count {
      let (weights, inclusion) = design.weights(first: count)
      #expect(weights.count == count && inclusion.allSatisfy { $0 > 0 && $0 <= 1 })
      var taken = [Int](repeating: 0, count: n + 1)
      for row in 0..<count { taken[n - rows.size(of: row)] += 1 }
      guard n > 6 else { continue }
      // Rows of a size are due at (j + u)/share with u in [0, 1): after the time t there are between
      // t share − 1 and t share + 1, with one t for all sizes that are not all taken.
      let open = (1..<n).filter {
        Double(taken[$0]) < (1...$0).reduce(1.0) { $0 * Double(n + 1 - $1) / Double($1) } - 0.5
      }
      let earliest = open.map { (Double(taken[$0]) - 1) / shares[$0] }.max() ?? 0
      let latest = open.map { (Double(taken[$0]) + 1) / shares[$0] }.min() ?? 0
      #expect(earliest <= latest * (1 + 1e-12))
      if count > 1 { #expect(abs(weights.reduce(0, +) - 1) < 1e-9) }
    }
  }

  @Test("all coalitions weigh as in the limit")
  func complete() {
    let n = 6
    let shares = RemovalLaw(playerCount: n, kernelWidth: 25).shares
    let design = NestedDesign(playerCount: n, kernelWidth: 25, most: 100, seed: 0)
    let (weights, inclusion) = design.weights(first: design.coalitions.count)
    #expect(inclusion.allSatisfy { $0 == 1 })
    let binomials = [1.0, 6, 15, 20, 15, 6, 1]
    for row in 0..<design.coalitions.count {
      let absent = n - design.coalitions.size(of: row)
      #expect(abs(weights[row] - shares[absent] / binomials[absent]) < 1e-15)
    }
  }

  @Test("the largest are settled where they differ by more than chance")
  func topSet() {
    #expect(abs(TopSet.normalQuantile(ofUpperTail: 0.025) - 1.959963984540054) < 1e-9)
    #expect(abs(TopSet.normalQuantile(ofUpperTail: 1e-9) - 5.997807015) < 1e-6)
    let values = [3.0, -2.9, 0.1, 0.05, -0.2]
    let small = [Double](repeating: 0.1, count: 5)
    #expect(TopSet.isSettled(values, standardErrors: small, count: 2, risk: 0.05))
    #expect(!TopSet.isSettled(values, standardErrors: small, count: 1, risk: 0.05))
    #expect(!TopSet.isSettled(values, standardErrors: small, count: 5, risk: 0.05))
    let large = [Double](repeating: 1, count: 5)
    #expect(!TopSet.isSettled(values, standardErrors: large, count: 2, risk: 0.05))
  }
}

/// Remembers what a game of up to 64 players was asked for.
private final class CountingGame: Game {
  private let game: LimeTestGame
  private(set) var asked: [UInt64] = []

  init(_ game: LimeTestGame) { self.game = game }

  var playerCount: Int { game.playerCount }
  var outputCount: Int { game.outputCount }

  func values(of coalitions: Coalitions) -> [Double] {
    asked += coalitions.words
    return game.values(of: coalitions)
  }
}

extension Coalitions {
  /// One coalition, of up to 64 players.
  fileprivate init(playerCount: Int, where isPresent: (Int) -> Bool) {
    self.init(playerCount: playerCount)
    append([(0..<playerCount).reduce(0) { isPresent($1) ? $0 | 1 << UInt64($1) : $0 }])
  }
}

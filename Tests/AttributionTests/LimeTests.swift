import Attribution
import Testing

@Suite("LIME")
struct LimeTests {
  private func additive(_ weights: [Double], constant: Double = 0.25) -> LimeTestGame {
    LimeTestGame(playerCount: weights.count) { isPresent in
      [weights.indices.reduce(constant) { isPresent($1) ? $0 + weights[$1] : $0 }]
    }
  }

  private func crooked(_ n: Int) -> LimeTestGame {
    LimeTestGame(playerCount: n, outputCount: 2) { isPresent in
      var sum = 0.0
      for player in 0..<n where isPresent(player) { sum += Double(player * 7 % 5) - 1.5 }
      return [sum / (1 + abs(sum)), sum * sum]
    }
  }

  @Test(
    "without penalty an additive game gives its weights, at any kernel width",
    arguments: [3.0, 25, 400])
  func additiveGame(kernelWidth: Double) throws {
    let weights = (0..<40).map { Double($0 % 7) * 0.3 - 0.8 }
    let game = additive(weights)
    let rows = LimeSampler(playerCount: 40, samples: 2000).draw(seed: 5)
    let kernel = ProximityKernel(width: kernelWidth).weights(playerCount: 40)
    let ridge = WeightedRidge(
      design: PresenceMatrix(rows), weights: (0..<2000).map { kernel[rows.size(of: $0)] })
    let target = game.values(of: rows)
    let fit = try #require(try ridge.fit([target], penalty: 1e-12).first)
    for (found, weight) in zip(fit.coefficients, weights) { #expect(abs(found - weight) < 1e-8) }
    #expect(abs(fit.intercept - 0.25) < 1e-8)
    #expect(ridge.fidelity(of: fit, to: target) > 1 - 1e-12)
  }

  @Test("a larger penalty shrinks the coefficients")
  func shrinkage() throws {
    let game = additive([1, -2, 3, 0.5])
    let rows = LimeSampler(playerCount: 4, samples: 300).draw(seed: 5)
    let ridge = WeightedRidge(
      design: PresenceMatrix(rows), weights: Array(repeating: 1, count: 300))
    let lengths = try [0.01, 1, 10, 1000].map { penalty in
      try ridge.fit([game.values(of: rows)], penalty: penalty)[0].coefficients
        .reduce(0) { $0 + $1 * $1 }
    }
    #expect(lengths == lengths.sorted(by: >))
    #expect(lengths[3] < 0.1 * lengths[0])
  }

  @Test("an endless kernel width is an unweighted ridge regression")
  func endlessWidth() throws {
    let game = crooked(12)
    let result = try Lime(LimeOptions(samples: 500, kernelWidth: 1e9, seed: 6)).fit(game)
    let rows = LimeSampler(playerCount: 12, samples: 500).draw(seed: 6)
    let ridge = WeightedRidge(
      design: PresenceMatrix(rows), weights: Array(repeating: 1, count: 500))
    let values = game.values(of: rows)
    for output in 0..<2 {
      let target = (0..<500).map { values[2 * $0 + output] }
      let fit = try ridge.fitDirectly(target, penalty: 1)
      for (found, expected) in zip(result.surrogates[output].coefficients, fit.coefficients) {
        #expect(abs(found - expected) < 1e-9)
      }
    }
  }

  @Test(
    "the kernel is 1 for the grand coalition and falls with the number of absent players",
    arguments: [1, 2, 20, 500])
  func kernel(playerCount: Int) {
    let weights = ProximityKernel(width: 25).weights(playerCount: playerCount)
    #expect(weights.count == playerCount + 1)
    #expect(weights == weights.sorted())
    #expect(weights.last == 1)
    // √exp(−100²/25²) = exp(−8)
    #expect(abs((weights.first ?? 0) - 3.3546262790251185e-4) < 1e-18)
    #expect(ProximityKernel(width: 1e-200).weights(playerCount: 2) == [0, 0, 1])
  }

  @Test(
    "a surrogate adds up to its local prediction, and its fidelity is at most 1",
    arguments: LimeSelection.allCases, [nil, 3, 8, 100])
  func consistency(selection: LimeSelection, features: Int?) throws {
    let options = LimeOptions(samples: 400, features: features, selection: selection, seed: 9)
    let result = try Lime(options).fit(crooked(15))
    let count = selection == .none ? 15 : min(features ?? 15, 15)
    // The lasso's path can step over a number of players, and its end is no selection of all.
    let isLasso = selection == .lasso
    #expect(result.surrogates.count == 2)
    #expect(result.selection != .auto)
    #expect((result.selection == .none) == (count == 15 && !isLasso))
    for surrogate in result.surrogates {
      #expect(isLasso ? surrogate.selected.count <= count : surrogate.selected.count == count)
      #expect(!surrogate.selected.isEmpty)
      #expect(surrogate.selected == Set(surrogate.selected).sorted())
      for player in 0..<15 where !surrogate.selected.contains(player) {
        #expect(surrogate.coefficients[player] == 0)
      }
      let sum = surrogate.coefficients.reduce(surrogate.intercept, +)
      #expect(abs(sum - surrogate.localPrediction) < 1e-12 * max(1, abs(sum)))
      #expect(surrogate.fidelity <= 1 && surrogate.fidelity > 0)
    }
  }

  @Test("outputs do not influence each other")
  func outputsAreIndependent() throws {
    let both = try Lime(LimeOptions(samples: 300, features: 4, seed: 2)).fit(crooked(10))
    let two = crooked(10)
    for output in 0..<2 {
      let one = LimeTestGame(playerCount: 10) { isPresent in
        var row = Coalitions(playerCount: 10)
        row.append([(0..<10).reduce(0) { isPresent($1) ? $0 | 1 << UInt64($1) : $0 }])
        return [two.values(of: row)[output]]
      }
      let alone = try Lime(LimeOptions(samples: 300, features: 4, seed: 2)).fit(one)
      #expect(alone.surrogates == [both.surrogates[output]])
    }
  }

  @Test("equal seeds give equal results, other seeds other ones")
  func determinism() throws {
    let lime = try Lime(LimeOptions(samples: 300, features: 4, seed: 1 << 40))
    #expect(try lime.fit(crooked(20)) == lime.fit(crooked(20)))
    let other = try Lime(LimeOptions(samples: 300, features: 4, seed: 1 << 41))
    #expect(try lime.fit(crooked(20)) != other.fit(crooked(20)))
  }

  @Test("a constant output has coefficients 0 and fidelity 1", arguments: LimeSelection.allCases)
  func constantGame(selection: LimeSelection) throws {
    let game = LimeTestGame(playerCount: 6, outputCount: 2) { isPresent in
      [0.7 + (isPresent(2) ? 1e-14 : 0), isPresent(3) ? 1 : 0]
    }
    let options = LimeOptions(samples: 100, features: 2, selection: selection)
    let result = try Lime(options).fit(game)
    let constant = result.surrogates[0]
    #expect(constant.isConstant)
    #expect(constant.coefficients == Array(repeating: 0, count: 6))
    #expect(constant.selected == (selection == .none ? [0, 1, 2, 3, 4, 5] : [0, 1]))
    #expect(constant.fidelity == 1)
    #expect(constant.intercept == constant.localPrediction)
    #expect(abs(constant.intercept - 0.7) < 1e-13)
    #expect(!result.surrogates[1].isConstant)
    #expect(result.surrogates[1].coefficients[3] > 0.5)
  }

  @Test("one player is the ridge regression on two points")
  func onePlayer() throws {
    let game = additive([0.6], constant: 0.2)
    for samples in [2, 10, 5000] {
      let surrogate = try Lime(LimeOptions(samples: samples)).fit(game).surrogates[0]
      // One draw of weight 1 at x = 1, all others at x = 0.
      let rest = Double(samples - 1) * 3.3546262790251185e-4
      let spread = rest / (1 + rest)
      let slope = 0.6 * spread / (spread + 1)
      #expect(abs(surrogate.coefficients[0] - slope) < 1e-12)
      #expect(abs(surrogate.intercept - (0.2 + (0.6 - slope) / (1 + rest))) < 1e-12)
    }
  }

  @Test("two players are fitted as by hand")
  func twoPlayers() throws {
    let game = LimeTestGame(playerCount: 2) { [$0(0) && $0(1) ? 1 : $0(1) ? 0.25 : 0] }
    let surrogate = try Lime(LimeOptions(samples: 50, kernelWidth: 1e9)).fit(game).surrogates[0]
    let rows = LimeSampler(playerCount: 2, samples: 50).draw(seed: 0)
    var counts = [0.0, 0, 0, 0]
    for row in 0..<50 { counts[Int(rows.words[row])] += 1 }
    #expect(counts[3] == 1)
    // At the minimum of Σ (y − b₀ − Σ b x)² + b₁² + b₂² the derivatives are 0.
    let b = surrogate.coefficients
    let values = [0, 0, 0.25, 1]
    let errors = (0..<4).map { mask in
      let x = [Double(mask & 1), Double(mask >> 1)]
      return counts[mask] * (values[mask] - surrogate.intercept - b[0] * x[0] - b[1] * x[1])
    }
    #expect(abs(errors[0] + errors[1] + errors[2] + errors[3]) < 1e-10)
    #expect(abs(errors[1] + errors[3] - b[0]) < 1e-10)
    #expect(abs(errors[2] + errors[3] - b[1]) < 1e-10)
  }

  @Test("bad options are refused, with the value in the message")
  func badOptions() {
    func expect(_ error: LimeError, _ options: LimeOptions, value: String) {
      #expect(throws: error) { try Lime(options) }
      #expect(error.message.contains("\"\(value)\""))
    }
    expect(.tooFewSamples(1), LimeOptions(samples: 1), value: "1")
    expect(.badKernelWidth(0), LimeOptions(kernelWidth: 0), value: "0.0")
    expect(.badKernelWidth(-.infinity), LimeOptions(kernelWidth: -.infinity), value: "-inf")
    expect(.tooFewFeatures(0), LimeOptions(features: 0), value: "0")
    #expect(throws: LimeError.self) { try Lime(LimeOptions(kernelWidth: .nan)) }
  }

  @Test("a game's error passes through")
  func gameError() throws {
    struct Broken: Error {}
    final class BrokenGame: Game {
      let playerCount = 3
      let outputCount = 1
      func values(of coalitions: Coalitions) throws -> [Double] { throw Broken() }
    }
    let lime = try Lime()
    #expect(throws: Broken.self) { try lime.fit(BrokenGame()) }
  }
}

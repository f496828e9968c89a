import Attribution
import Testing
import _TestSupport

@Suite("Faithfulness of sums") struct FaithfulnessAdditivityTests {
  private func fresh(
    _ law: CoalitionLaw, _ n: Int, count: Int = 256, seed: UInt64 = 1,
    isUsed: (ArraySlice<UInt64>) -> Bool = { _ in false }
  ) throws -> FreshCoalitions {
    let drawn = FreshCoalitions(
      law: law, playerCount: n, count: count, seed: seed, isUsed: isUsed)
    return try #require(drawn)
  }

  @Test("an additive game is told without error", arguments: [2, 3, 8, 20, 70])
  func additive(n: Int) throws {
    let weights = (0..<n).map { Double($0 % 5) - 1.5 }
    let game = ClosureGame.additive(weights)
    let model = AdditiveModel(grandValue: weights.reduce(0, +), attributions: weights)
    for law in [CoalitionLaw.uniformSize, .shapleyKernel] {
      let drawn = try fresh(law, n)
      let fit = try AdditiveFit(
        of: model, to: game, output: 0, on: drawn.coalitions, weights: drawn.weights)
      #expect(fit.meanSquaredError < 1e-20)
      #expect(fit.variance > 0.1)
      #expect(abs(try #require(fit.rSquared) - 1) < 1e-12)
    }
  }

  @Test("a worked game of two players")
  func worked() throws {
    // φ = (2, 4); g is 2 and 4 where v is 1 and 3, with variance 1.
    let game = TableGame(playerCount: 2, table: [0, 1, 3, 6])
    let drawn = try fresh(.shapleyKernel, 2)
    let fit = try AdditiveFit(
      of: AdditiveModel(intercept: 0, attributions: [2, 4]), to: game, output: 0,
      on: drawn.coalitions, weights: drawn.weights)
    #expect(fit.meanSquaredError == 1 && fit.variance == 1)
    #expect(fit.errorRatio == 1 && fit.rSquared == 0)
  }

  @Test("infidelity is the expectation of its definition, over all coalitions")
  func infidelity() throws {
    let n = 5
    let game = TableGame(randomFor: n, seed: 9)
    let phi = try ExactShapley().values(of: game).values[0]
    var (sum, weight) = (0.0, 0.0)
    for removed in 1..<31 {
      let size = Double(removed.nonzeroBitCount)
      let choices = [1.0, 5, 10, 10, 5, 1][removed.nonzeroBitCount]
      let probability = 1 / (size * (5 - size)) / choices
      let predicted = (0..<n).reduce(0) { removed >> $1 & 1 == 1 ? $0 + phi[$1] : $0 }
      let loss = game.table[31] - game.table[31 & ~removed]
      sum += probability * (predicted - loss) * (predicted - loss)
      weight += probability
    }
    let drawn = try fresh(.shapleyKernel, n)
    let fit = try AdditiveFit(
      of: AdditiveModel(grandValue: game.table[31], attributions: phi), to: game, output: 0,
      on: drawn.coalitions, weights: drawn.weights)
    #expect(abs(fit.meanSquaredError - sum / weight) < 1e-12)
  }

  @Test("draws come near the expectation over all coalitions")
  func draws() throws {
    var generator = SplitMix64(seed: 4)
    let game = ClosureGame.maskedTrigram(playerCount: 12, using: &generator)
    let model = AdditiveModel(intercept: 0.4, attributions: Array(repeating: 0.01, count: 12))
    for law in [CoalitionLaw.uniformSize, .shapleyKernel] {
      let fits = try [4094, 4000].map { count in
        let drawn = try fresh(law, 12, count: count)
        return try AdditiveFit(
          of: model, to: game, output: 0, on: drawn.coalitions, weights: drawn.weights)
      }
      #expect(abs(fits[0].meanSquaredError / fits[1].meanSquaredError - 1) < 0.1)
      #expect(abs(fits[0].variance / fits[1].variance - 1) < 0.1)
    }
  }

  @Test("a constant is explained by a model that knows it, and no quotient where not")
  func constant() throws {
    let game = ClosureGame("constant", playerCount: 4) { _ in 3 }
    let drawn = try fresh(.uniformSize, 4)
    func fit(_ intercept: Double) throws -> AdditiveFit {
      try AdditiveFit(
        of: AdditiveModel(intercept: intercept, attributions: [0, 0, 0, 0]), to: game, output: 0,
        on: drawn.coalitions, weights: drawn.weights)
    }
    #expect(try fit(3).rSquared == 1)
    #expect(try fit(2).rSquared == nil)
    #expect(try fit(2).meanSquaredError == 1)
  }

  @Test("nothing used is drawn, whatever the number of players", arguments: [4, 9, 13, 30, 80])
  func neverUsed(n: Int) throws {
    for law in [CoalitionLaw.uniformSize, .shapleyKernel] {
      let drawn = try fresh(law, n, count: 100) { $0.reduce(0, ^) & 1 == 1 }
      #expect(drawn.isFresh)
      for index in 0..<drawn.coalitions.count {
        #expect(drawn.coalitions[index].reduce(0, ^) & 1 == 0)
        #expect((1..<n).contains(drawn.coalitions.size(of: index)))
      }
    }
  }

  @Test("where few fresh coalitions are left all of them are taken")
  func few() throws {
    let drawn = try fresh(.uniformSize, 4, count: 7) { $0.first.map { $0 % 2 == 1 } ?? true }
    #expect(Array(drawn.coalitions.words) == [2, 4, 6, 8, 10, 12, 14])
    // All sizes are equally likely: 4, 6 and 4 coalitions share a third each.
    let expected = [4, 4, 6, 4, 6, 6, 4].map { 1 / (3 * Double($0)) }
    for (weight, value) in zip(drawn.weights, expected) { #expect(abs(weight - value) < 1e-15) }
  }

  @Test("where nothing fresh is left the whole game stands in", arguments: [2, 6, 14])
  func nothingFresh(n: Int) throws {
    let drawn = try fresh(.uniformSize, n, count: 50) { _ in true }
    #expect(!drawn.isFresh)
    #expect(drawn.coalitions.count == (n < 12 ? (1 << n) - 2 : 50))
  }

  @Test("below two players there is nothing between none and all", arguments: [0, 1])
  func tooFew(n: Int) {
    let drawn = FreshCoalitions(law: .uniformSize, playerCount: n, count: 9, seed: 0) { _ in false }
    #expect(drawn == nil)
  }

  @Test("sizes follow their law")
  func laws() throws {
    let n = 20
    let count = 20_000
    for law in [CoalitionLaw.uniformSize, .shapleyKernel] {
      let drawn = try fresh(law, n, count: count)
      var sizes = [Double](repeating: 0, count: n)
      for index in 0..<count { sizes[drawn.coalitions.size(of: index)] += 1 / Double(count) }
      let weights = (1..<n).map { law == .uniformSize ? 1 : 1 / Double($0 * (n - $0)) }
      let sum = weights.reduce(0, +)
      for (size, weight) in zip(1..<n, weights) {
        let p = weight / sum
        #expect(abs(sizes[size] - p) < 4.5 * (p / Double(count)).squareRoot())
      }
    }
  }

  @Test("equal seeds draw alike, others otherwise")
  func seeds() throws {
    let first = try fresh(.shapleyKernel, 30).coalitions
    #expect(try fresh(.shapleyKernel, 30).coalitions == first)
    #expect(try fresh(.shapleyKernel, 30, seed: 2).coalitions != first)
  }
}

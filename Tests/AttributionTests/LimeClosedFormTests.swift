import Attribution
import Foundation
import Testing

/// The coefficients of infinitely many draws, for a kernel of width 25.
///
/// D. Mardaoui, D. Garreau: "An Analysis of LIME for Text Data", AISTATS 2021,
/// https://proceedings.mlr.press/v130/mardaoui21a.html.
struct ClosedFormLimit {
  /// E[π z₁ … zₚ], the expected weight of a draw that holds p given players, for p = 0, 1, …, 4.
  let alpha: [Double]
  let n: Double
  let c: Double
  let sigma: [Double]

  init(playerCount: Int) {
    let n = Double(playerCount)
    self.n = n
    alpha = (0...4).map { p in
      var sum = 0.0
      for s in 1...playerCount {
        var probability = 1.0
        for j in 0..<p { probability *= max(n - Double(s + j), 0) / (n - Double(j)) }
        sum += probability * Self.weight(Double(s) / n)
      }
      return sum / n
    }
    let a = alpha
    c = (n - 1) * a[0] * a[2] - n * a[1] * a[1] + a[0] * a[1]
    sigma = [
      (n - 1) * a[2] + a[1], -a[1],
      ((n - 2) * a[0] * a[2] - (n - 1) * a[1] * a[1] + a[0] * a[1]) / (a[1] - a[2]),
      (a[1] * a[1] - a[0] * a[2]) / (a[1] - a[2]),
    ]
  }

  /// The kernel by the share of absent players.
  static func weight(_ share: Double) -> Double {
    let distance = 1 - (1 - share).squareRoot()
    return exp(-distance * distance / (2 * 0.25 * 0.25))
  }

  /// The coefficient of a player in (or outside) the p players whose product is the game, p ≤ 3.
  func coefficient(inside: Bool, p: Int) -> Double {
    let (own, next, count) = (alpha[p], alpha[p + 1], Double(p))
    return inside
      ? (sigma[1] * own + sigma[2] * own + sigma[3] * ((count - 1) * own + (n - count) * next)) / c
      : (sigma[1] * own + sigma[2] * next
        + sigma[3] * (count * own + (n - count - 1) * next)) / c
  }

  /// The intercept for the product of p players.
  func intercept(p: Int) -> Double {
    let sum = Double(p) * alpha[p] + (n - Double(p)) * alpha[p + 1]
    return (sigma[0] * alpha[p] + sigma[1] * sum) / c
  }
}

@Suite("LIME against its closed-form limit")
struct LimeClosedFormTests {
  /// Every coalition but the grand one, weighted by its probability times its proximity.
  private func population(_ n: Int) -> (rows: Coalitions, ridge: WeightedRidge) {
    var rows = Coalitions(playerCount: n)
    for mask in 0..<UInt64(1) << UInt64(n) - 1 { rows.append([mask]) }
    var binomial = [1.0]
    for k in 0..<n { binomial.append(binomial[k] * Double(n - k) / Double(k + 1)) }
    let kernel = ProximityKernel(width: 25).weights(playerCount: n)
    let weights = (0..<rows.count).map { row in
      kernel[rows.size(of: row)] / (Double(n) * binomial[rows.size(of: row)])
    }
    return (rows, WeightedRidge(design: PresenceMatrix(rows), weights: weights))
  }

  /// n; β inside, β outside and β₀ of a pair; β inside of a triple.
  static let table: [(Int, Double, Double, Double, Double)] = [
    (5, 0.653799, -0.043703, -0.362998, 0.382276),
    (10, 0.654687, -0.007912, -0.369610, 0.442917),
    (20, 0.646295, -0.001316, -0.369730, 0.444193),
    (100, 0.636559, 0.000102, -0.368792, 0.436565),
  ]

  @Test("the formulas give the known figures", arguments: table)
  func knownFigures(n: Int, inside: Double, outside: Double, intercept: Double, triple: Double) {
    let limit = ClosedFormLimit(playerCount: n)
    #expect(abs(limit.coefficient(inside: true, p: 2) - inside) < 1e-6)
    #expect(abs(limit.coefficient(inside: false, p: 2) - outside) < 1e-6)
    #expect(abs(limit.intercept(p: 2) - intercept) < 1e-6)
    #expect(abs(limit.coefficient(inside: true, p: 3) - triple) < 1e-6)
  }

  @Test("the regression on the whole population gives the limit", arguments: [5, 10, 14], [2, 3])
  func population(n: Int, p: Int) throws {
    let (rows, ridge) = population(n)
    let target = (0..<rows.count).map { row in
      (0..<p).allSatisfy { rows.contains($0, in: row) } ? 1.0 : 0.0
    }
    let fit = try #require(try ridge.fit([target], penalty: 1e-13).first)
    let limit = ClosedFormLimit(playerCount: n)
    for player in 0..<n {
      let expected = limit.coefficient(inside: player < p, p: p)
      #expect(abs(fit.coefficients[player] - expected) < 1e-9)
    }
    #expect(abs(fit.intercept - limit.intercept(p: p)) < 1e-9)
  }

  @Test("in an L2-normalised linear model of 20 equal words a word counts 1.2751/√n for itself")
  func normalisedLinearModel() throws {
    let n = 20
    let (rows, ridge) = population(n)
    let target = (0..<rows.count).map { row in
      rows.contains(0, in: row) ? 1 / Double(rows.size(of: row)).squareRoot() : 0
    }
    let fit = try #require(try ridge.fit([target], penalty: 1e-13).first)
    let scaled = fit.coefficients.map { $0 * Double(n).squareRoot() }
    #expect(abs(scaled[0] - 1.2751199199) < 1e-9)
    // By its share in the norm it also counts against the others.
    for player in 1..<n { #expect(abs(scaled[player] + 0.0325538453) < 1e-9) }
  }

  @Test("many draws come near the limit", arguments: [10, 30])
  func manyDraws(n: Int) throws {
    let samples = 200_000
    let game = LimeTestGame(playerCount: n) { isPresent in [isPresent(0) && isPresent(1) ? 1 : 0] }
    let result = try Lime(LimeOptions(samples: samples, seed: 3)).fit(game)
    let limit = ClosedFormLimit(playerCount: n)
    // The residual's standard deviation is about 0.3, the information on a coefficient m (α₁ − α₂).
    let error = 0.3 / (Double(samples) * (limit.alpha[1] - limit.alpha[2])).squareRoot()
    for player in 0..<n {
      let expected = limit.coefficient(inside: player < 2, p: 2)
      #expect(abs(result.surrogates[0].coefficients[player] - expected) < 5 * error)
    }
  }

  @Test("stable LIME on all coalitions is the limit", arguments: [4, 5, 10], [2, 3])
  func allCoalitions(n: Int, p: Int) throws {
    let game = LimeTestGame(playerCount: n) { isPresent in [(0..<p).allSatisfy(isPresent) ? 1 : 0] }
    let result = try StableLime(LimeOptions(samples: 1 << n)).fit(game)
    let surrogate = result.surrogates[0]
    let limit = ClosedFormLimit(playerCount: n)
    for player in 0..<n {
      let expected = limit.coefficient(inside: player < p, p: p)
      #expect(abs(surrogate.coefficients[player] - expected) < 1e-9)
    }
    #expect(abs(surrogate.intercept - limit.intercept(p: p)) < 1e-9)
    #expect(surrogate.isExact && surrogate.isConverged == nil)
    #expect(surrogate.standardErrors == Array(repeating: 0, count: n))
    #expect(surrogate.heldOutFidelity == surrogate.fidelity)
    #expect(result.samples == 1 << n)
  }

  @Test("a game of any values gives stable LIME the regression on the whole population")
  func anyGame() throws {
    let n = 9
    let game = RandomGame(playerCount: n, seed: 4)
    let (rows, ridge) = population(n)
    let fit = try #require(try ridge.fit([game.values(of: rows)], penalty: 1e-13).first)
    let surrogate = try StableLime(LimeOptions(samples: 5000)).fit(game).surrogates[0]
    for (found, expected) in zip(surrogate.coefficients, fit.coefficients) {
      #expect(abs(found - expected) < 1e-9)
    }
    #expect(abs(surrogate.intercept - fit.intercept) < 1e-9)
    #expect(abs(surrogate.fidelity - ridge.fidelity(of: fit, to: game.values(of: rows))) < 1e-9)
  }

  @Test("a sample of stable LIME is as near the limit as it says", arguments: [20, 30, 100])
  func sample(n: Int) throws {
    let game = LimeTestGame(playerCount: n) { isPresent in [isPresent(0) && isPresent(1) ? 1 : 0] }
    let surrogate = try StableLime(LimeOptions(samples: 1500, seed: 3), tolerance: 0).fit(game)
      .surrogates[0]
    let errors = try #require(surrogate.standardErrors)
    let limit = ClosedFormLimit(playerCount: n)
    for player in 0..<n {
      let expected = limit.coefficient(inside: player < 2, p: 2)
      #expect(abs(surrogate.coefficients[player] - expected) < 5 * errors[player])
      #expect(errors[player] < 0.05)
    }
    #expect(!surrogate.isExact)
  }

  @Test("moments around a coalition equal sums over all coalitions", arguments: [2, 5, 9])
  func moments(n: Int) {
    let law = RemovalLaw(playerCount: n, kernelWidth: 25)
    let moments = RemovalMoments(law)
    let function = (0...n).map { 1 / (1 + Double($0)) }
    for size in 0...n {
      let centre = UInt64(1) << UInt64(size) - 1
      var (mean, inside, outside) = (0.0, 0.0, 0.0)
      for mask in 0..<UInt64(1) << UInt64(n) {
        var binomial = 1.0
        for k in 0..<mask.nonzeroBitCount { binomial *= Double(n - k) / Double(k + 1) }
        let value =
          law.shares[n - mask.nonzeroBitCount] / binomial
          * function[(mask ^ centre).nonzeroBitCount]
        mean += value
        inside += mask & 1 == 1 ? value : 0
        outside += mask >> UInt64(n - 1) & 1 == 1 ? value : 0
      }
      let found = moments.expectation(of: function, aroundSize: size)
      #expect(abs(found.mean - mean) < 1e-12)
      if size > 0 { #expect(abs(found.inside - inside) < 1e-12) }
      if size < n { #expect(abs(found.outside - outside) < 1e-12) }
    }
  }
}

/// A game of as many random values as there are coalitions.
private final class RandomGame: Game {
  let playerCount: Int
  let outputCount = 1
  private let table: [Double]

  init(playerCount: Int, seed: UInt64) {
    self.playerCount = playerCount
    var generator = SplitMix64(seed: seed)
    table = (0..<1 << playerCount).map { _ in generator.unit() }
  }

  func values(of coalitions: Coalitions) -> [Double] { coalitions.words.map { table[Int($0)] } }
}

import Attribution
import Foundation
import Testing

/// The coefficients of infinitely many draws, for a kernel of width 25.
///
/// D. Mardaoui, D. Garreau: "An Analysis of LIME for Text Data", AISTATS 2021,
/// https://proceedings.mlr.press/v130/mardaoui21a.html.
private struct LimeLimit {
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
    let limit = LimeLimit(playerCount: n)
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
    let limit = LimeLimit(playerCount: n)
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
    let limit = LimeLimit(playerCount: n)
    // The residual's standard deviation is about 0.3, the information on a coefficient m (α₁ − α₂).
    let error = 0.3 / (Double(samples) * (limit.alpha[1] - limit.alpha[2])).squareRoot()
    for player in 0..<n {
      let expected = limit.coefficient(inside: player < 2, p: 2)
      #expect(abs(result.surrogates[0].coefficients[player] - expected) < 5 * error)
    }
  }
}

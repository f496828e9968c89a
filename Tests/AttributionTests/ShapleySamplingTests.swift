import Attribution
import Testing
import _TestSupport

@Suite("Sampled Shapley values") struct ShapleySamplingTests {
  @Test("a kernel over all coalitions is exact", arguments: 2...12)
  func completeKernel(n: Int) throws {
    for game in knownGames(playerCount: n) {
      for budget in [1 << n, 1 << n + 1, 1 << 14] {
        let result = try KernelShapley(budget: budget, seed: 9).values(of: game)
        let difference = largestDifference(result.values[0], game.shapleyValues)
        #expect(difference < 1e-9, "\(game.name), n = \(n): \(difference)")
        #expect(result.isExact && result.standardErrors == nil)
        #expect(result.evaluations == 1 << n)
        #expect(result.relativeStandardError(of: 0) == 0)
      }
      guard n > 3 else { continue }
      let incomplete = try KernelShapley(budget: (1 << n) - 1, seed: 9).values(of: game)
      #expect(!incomplete.isExact && incomplete.evaluations == (1 << n) - 2)
    }
  }

  @Test("kernel and permutation agree with closed forms far beyond enumeration")
  func largeGames() throws {
    for n in [30, 64, 90] {
      // Sampling does not find the events that these two are about.
      for game in knownGames(playerCount: n)
      where !["parity", "mixed unanimity"].contains(game.name) {
        for estimator in [
          KernelShapley(budget: 60 * n, seed: 2), PermutationShapley(budget: 60 * n, seed: 2),
        ] as [any ShapleyEstimator] {
          let result = try estimator.values(of: game)
          let errors = try #require(result.standardErrors)[0]
          let typical = (errors.reduce(0) { $0 + $1 * $1 } / Double(n)).squareRoot()
          let difference = largestDifference(result.values[0], game.shapleyValues)
          let range = (game.shapleyValues.max() ?? 0) - (game.shapleyValues.min() ?? 0)
          #expect(
            difference <= 6 * typical + 1e-9 * range,
            "\(game.name), \(estimator), n = \(n): \(difference), \(typical), \(range)")
        }
      }
    }
  }

  /// The means and standard deviations of each player's value over `runs` seeds.
  private func moments(
    _ runs: Int, of game: TableGame, _ make: (UInt64) -> any ShapleyEstimator
  ) throws -> [(mean: Double, deviation: Double)] {
    let values = try (0..<runs).map { try make(UInt64($0)).values(of: game).values[0] }
    return (0..<game.playerCount).map { player in
      let mean = values.reduce(0) { $0 + $1[player] } / Double(runs)
      let squares = values.reduce(0) { $0 + ($1[player] - mean) * ($1[player] - mean) }
      return (mean, (squares / Double(runs - 1)).squareRoot())
    }
  }

  @Test("permutation sampling is unbiased", arguments: [4, 6, 9])
  func unbiased(n: Int) throws {
    let game = TableGame(randomFor: n, seed: UInt64(n))
    let truth = try exactValues(of: game)
    let runs = try moments(200, of: game) { PermutationShapley(budget: 4 * n, seed: $0) }
    for (value, expected) in zip(runs, truth) {
      #expect(abs(value.mean - expected) <= 4 * value.deviation / 200.0.squareRoot())
    }
  }

  @Test("the bias of the kernel is small beside its error, and falls faster", arguments: [7, 9])
  func kernelBias(n: Int) throws {
    // White noise, the worst of games for a regression.
    let game = TableGame(randomFor: n, seed: UInt64(n))
    let truth = try exactValues(of: game)
    let shares = try [6, 12].map { factor in
      let runs = try moments(2000, of: game) { KernelShapley(budget: factor * n, seed: $0) }
      let bias = zip(runs, truth).reduce(0) { $0 + ($1.0.mean - $1.1) * ($1.0.mean - $1.1) }
      return bias / runs.reduce(0) { $0 + $1.deviation * $1.deviation }
    }
    #expect(shares[0] < 0.1 && shares[1] < shares[0] / 2, "\(shares)")
  }

  /// Text-like games of 12 to 14 players with their exact values.
  private static func textGames() throws -> [(game: TableGame, truth: [Double])] {
    try (12...14).flatMap { n in
      try ClosureGame.textLike(playerCount: n, perFamily: 3, seed: UInt64(n)).map { game in
        let table = try TableGame(of: game)
        return (table, try exactValues(of: table))
      }
    }
  }

  @Test("the error falls with the budget, about as its root; the kernel needs less")
  func convergence() throws {
    let games = try Self.textGames()
    func squaredError(
      _ factor: Int, _ make: (Int, UInt64) -> any ShapleyEstimator
    ) throws -> Double {
      var total = 0.0
      for (game, truth) in games {
        let scale = truth.reduce(0) { $0 + $1 * $1 }
        for seed in 0..<6 as Range<UInt64> {
          let values = try make(factor * game.playerCount, seed).values(of: game).values[0]
          total += zip(values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / scale
        }
      }
      return total / Double(6 * games.count)
    }
    let factors = [4, 8, 16, 32, 64]
    let kernel = try factors.map { try squaredError($0) { KernelShapley(budget: $0, seed: $1) } }
    let orders = try factors.map {
      try squaredError($0) { PermutationShapley(budget: $0, seed: $1) }
    }
    for index in factors.indices.dropFirst() {
      #expect(kernel[index] < 0.75 * kernel[index - 1], "\(kernel)")
      #expect(orders[index] < 0.75 * orders[index - 1], "\(orders)")
    }
    #expect(orders[4] < orders[0] / 10 && orders[4] > orders[0] / 30, "\(orders)")
    for index in factors.indices.dropFirst() {
      #expect(kernel[index] < orders[index], "\(kernel) \(orders)")
    }
  }

  /// How often 1.96 standard errors hold the truth, and how large errors are beside them.
  private func coverage(
    of games: [(game: any Game, truth: [Double])],
    _ make: (_ playerCount: Int, _ seed: UInt64) -> any ShapleyEstimator
  ) throws -> (rate: Double, ratio: Double) {
    var covered = 0.0
    var all = 0.0
    var squares = (actual: 0.0, stated: 0.0)
    for (game, truth) in games {
      for seed in 0..<8 as Range<UInt64> {
        let result = try make(game.playerCount, seed).values(of: game)
        let errors = try #require(result.standardErrors)[0]
        for player in truth.indices {
          let error = abs(result.values[0][player] - truth[player])
          covered += error <= 1.96 * errors[player] + 1e-12 ? 1 : 0
          all += 1
          squares.actual += error * error
          squares.stated += errors[player] * errors[player]
        }
      }
    }
    return (covered / all, (squares.actual / squares.stated).squareRoot())
  }

  @Test("standard errors cover the truth at the nominal rate")
  func coverage() throws {
    let text = try Self.textGames() as [(game: any Game, truth: [Double])]
    let large = knownGames(playerCount: 70).filter {
      ["mean pooling", "deletion bigram", "sum of unanimity games"].contains($0.name)
    }
    let all = text + large.map { ($0, $0.shapleyValues) }
    func check(_ what: String, _ found: (rate: Double, ratio: Double)) {
      #expect(found.rate >= 0.9 && found.rate <= 0.99, "\(what): \(found)")
      #expect(found.ratio > 0.6 && found.ratio < 1.15, "\(what): \(found)")
    }
    for factor in [5, 7, 10, 20, 60] {
      check(
        "kernel, \(factor) n",
        try coverage(of: all) { KernelShapley(budget: factor * $0, seed: $1) })
    }
    // A mean over few pairs of walks has a t distribution, which two standard errors do not cover.
    for factor in [60, 120] {
      check(
        "permutation, \(factor) n",
        try coverage(of: all) { PermutationShapley(budget: factor * $0, seed: $1) })
    }
    for eighths in [4, 6, 7] {
      check(
        "kernel, \(eighths)/8 of all",
        try coverage(of: text) { KernelShapley(budget: eighths << ($0 - 3), seed: $1) })
    }
  }

  @Test("standard errors are withheld where the sample is too small to tell")
  func withheld() throws {
    let n = 12
    let game = TableGame(randomFor: n, seed: 1)
    #expect(try KernelShapley(budget: 4 * n + 1, seed: 1).values(of: game).standardErrors == nil)
    #expect(try KernelShapley(budget: 4 * n + 2, seed: 1).values(of: game).standardErrors != nil)
    #expect(try PermutationShapley(budget: 3 * n, seed: 1).values(of: game).standardErrors == nil)
    #expect(try PermutationShapley(budget: 4 * n, seed: 1).values(of: game).standardErrors != nil)
    let few = try PermutationShapley(budget: 3 * n, seed: 1).values(of: game)
    #expect(few.relativeStandardError(of: 0) == nil)
  }

  @Test("convergence is the largest standard error over the range of the values")
  func relativeError() throws {
    let game = TableGame(randomFor: 9, seed: 4)
    let result = try KernelShapley(budget: 100, seed: 1).values(of: game)
    let largest = try #require(result.standardErrors?[0].max())
    let values = result.values[0]
    let range = try #require(values.max()) - #require(values.min())
    #expect(result.relativeStandardError(of: 0) == largest / range)
  }
}

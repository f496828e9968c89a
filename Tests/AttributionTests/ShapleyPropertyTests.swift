import Attribution
import Testing
import _TestSupport

@Suite("Axioms of every Shapley estimator") struct ShapleyPropertyTests {
  static let cases: [(n: Int, seed: UInt64)] = [(3, 1), (4, 2), (5, 3), (6, 4), (8, 5), (10, 6)]

  private func describe(_ estimator: any ShapleyEstimator, _ n: Int) -> Comment {
    "\(estimator), n = \(n)"
  }

  private func forEachCase(
    _ body: (any ShapleyEstimator, TableGame, Int, Comment) throws -> Void
  ) rethrows {
    for (n, seed) in Self.cases {
      let game = TableGame(randomFor: n, seed: seed)
      for estimator in estimators(playerCount: n) {
        try body(estimator, game, n, "\(estimator), n = \(n)")
      }
    }
  }

  @Test("efficiency, at large values too")
  func efficiency() throws {
    for scale in [1, 1e6, 1e-6] {
      try forEachCase { estimator, game, n, comment in
        let grand = (1 << n) - 1
        // The third output is large between ∅ and N only.
        let result = try estimator.values(
          of: game.map { coalition, row in
            let v = row[row.startIndex]
            return [scale * v, 7, coalition % grand == 0 ? v : 1e5 * v]
          })
        #expect(abs(result.efficiencyGap(of: 2)) <= 1e-9, comment)
        let size = max(1, abs(result.grandValues[0]), abs(result.emptyValues[0]))
        #expect(abs(result.efficiencyGap(of: 0)) <= 1e-9 * size, comment)
        // The second output is constant.
        #expect(result.values[1].allSatisfy { $0 == 0 }, comment)
        #expect(result.standardErrors?[1].allSatisfy { $0 == 0 } ?? true, comment)
        #expect(result.relativeStandardError(of: 1) ?? 0 == 0, comment)
      }
    }
  }

  @Test("a null player gets 0 from enumeration and permutations, and nearly that from the kernel")
  func nullPlayer() throws {
    try forEachCase { estimator, game, n, comment in
      let last = 1 << (n - 1)
      let result = try estimator.values(
        of: game.map { coalition, _ in
          [game.table[coalition & ~last]]
        })
      let value = abs(result.values[0][n - 1])
      if [.kernel, .surrogate].contains(estimator.kind) {
        let range = (result.values[0].max() ?? 0) - (result.values[0].min() ?? 0)
        #expect(value <= result.standardErrors.map { 4 * $0[0][n - 1] + 1e-9 } ?? range, comment)
      } else {
        #expect(value < 1e-14, comment)
      }
    }
  }

  @Test("players that are equal get equal values from enumeration")
  func symmetry() throws {
    for (n, seed) in Self.cases {
      let random = TableGame(randomFor: n, seed: seed)
      // Players 0 and 1 count by their number only.
      let game = random.map { coalition, _ in
        [random.table[coalition & 3 == 2 ? coalition ^ 3 : coalition]]
      }
      let values = try exactValues(of: game)
      #expect(abs(values[0] - values[1]) < 1e-12)
      let sampled = try PermutationShapley(budget: 2000, seed: seed).values(of: game)
      let errors = try #require(sampled.standardErrors)[0]
      let spread = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
      #expect(abs(sampled.values[0][0] - sampled.values[0][1]) <= 4 * spread + 1e-12)
    }
  }

  @Test("linearity, constants, affine changes and the complementary game")
  func linearity() throws {
    try forEachCase { estimator, game, n, comment in
      // The surrogate fits its kernels to the values, which is not linear in them; see its own tests.
      guard estimator.kind != .surrogate else { return }
      let other = TableGame(randomFor: n, seed: 77)
      let grand = (1 << n) - 1
      let result = try estimator.values(
        of: game.map { coalition, row in
          let v = row[row.startIndex]
          let w = other.table[coalition]
          return [v, w, 2 * v - 3 * w, v + 5, game.table[grand] - game.table[grand ^ coalition]]
        })
      let (v, w) = (result.values[0], result.values[1])
      let combined = zip(v, w).map { 2 * $0 - 3 * $1 }
      #expect(largestDifference(result.values[2], combined) < 1e-11, comment)
      #expect(largestDifference(result.values[3], v) < 1e-11, comment)
      #expect(largestDifference(result.values[4], v) < 1e-11, comment)
      if let errors = result.standardErrors {
        #expect(largestDifference(errors[3], errors[0]) < 1e-11, comment)
        #expect(largestDifference(errors[4], errors[0]) < 1e-11, comment)
      }
    }
  }

  @Test("relabelling players permutes the values of enumeration and of a complete kernel")
  func relabelling() throws {
    for (n, seed) in Self.cases {
      let game = TableGame(randomFor: n, seed: seed)
      let moved = game.map { coalition, _ in
        var original = 0
        for player in 0..<n where coalition >> player & 1 == 1 {
          original |= 1 << ((3 * player + 1) % n)
        }
        return [game.table[original]]
      }
      // 3 i + 1 runs through all players where n is not a multiple of 3.
      guard n % 3 != 0 else { continue }
      for estimator in [ExactShapley(), KernelShapley(budget: 1 << n, seed: 1)]
        as [any ShapleyEstimator]
      {
        let values = try estimator.values(of: game).values[0]
        let expected = (0..<n).map { values[(3 * $0 + 1) % n] }
        let difference = largestDifference(try estimator.values(of: moved).values[0], expected)
        #expect(difference < 1e-11, describe(estimator, n))
      }
    }
  }

  @Test("interactions of at most two players are exact at the minimum")
  func orderTwo() throws {
    for n in [3, 4, 5, 8, 13, 30, 70, 130] {
      let games = knownGames(playerCount: n).filter { ["additive", "quadratic"].contains($0.name) }
      for game in games {
        for estimator in [
          KernelShapley(budget: 2 * n + 2, seed: 3), KernelShapley(budget: 3 * n, seed: 4),
          KernelShapley(budget: 7 * n, seed: 4), PermutationShapley(budget: 2 * n, seed: 3),
          SurrogateShapley(budget: 2 * n + 62, seed: 3),
        ] as [any ShapleyEstimator] {
          let result = try estimator.values(of: game)
          let difference = largestDifference(result.values[0], game.shapleyValues)
          #expect(difference < 1e-9, "\(game.name), \(estimator), n = \(n): \(difference)")
          #expect(result.standardErrors?[0].allSatisfy { $0 < 1e-8 } ?? true)
        }
      }
    }
  }

  @Test("same seed, same bytes, whatever the batches; another seed, other values")
  func determinism() throws {
    let n = 11
    let game = TableGame(randomFor: n, outputCount: 2, seed: 8)
    func both(_ seed: UInt64, _ batchSize: Int) throws -> [ShapleyValues] {
      [
        try ExactShapley(batchSize: batchSize).values(of: game),
        try KernelShapley(budget: 50, seed: seed, batchSize: batchSize).values(of: game),
        try KernelShapley(budget: 30, seed: seed, batchSize: batchSize).values(of: game),
        try PermutationShapley(budget: 90, seed: seed, batchSize: batchSize).values(of: game),
        try SurrogateShapley(budget: 90, seed: seed, batchSize: batchSize).values(of: game),
      ]
    }
    let reference = try both(1, 4096)
    for batchSize in [1, 7, 64, 1000] { #expect(try both(1, batchSize) == reference) }
    let other = try both(2, 4096)
    #expect(other[0] == reference[0])
    for index in 1...4 { #expect(other[index].values != reference[index].values) }
  }

  @Test("the budget is kept, and ∅ and N are asked for", arguments: [3, 4, 5, 9, 14, 65])
  func budget(n: Int) throws {
    func make(_ kind: ShapleyEstimatorKind, _ budget: Int) -> any ShapleyEstimator {
      switch kind {
      case .permutation: PermutationShapley(budget: budget, seed: 6, batchSize: 10)
      case .surrogate: SurrogateShapley(budget: budget, seed: 6, batchSize: 10)
      default: KernelShapley(budget: budget, seed: 6, batchSize: 10)
      }
    }
    for kind in [ShapleyEstimatorKind.kernel, .permutation, .surrogate] {
      let minimum = kind.minimumBudget(playerCount: n)
      for budget in [minimum, minimum + 1, 3 * n, 5 * n + 1, 12 * n] where budget >= minimum {
        let game = ClosureGame.airport((0..<n).map { Double($0 % 5) })
        let result = try make(kind, budget).values(of: game)
        #expect(result.evaluations <= budget)
        #expect(result.evaluations == game.distinctEvaluations)
        if kind != .permutation {
          #expect(result.evaluations >= min(budget - 1, n < 62 ? 1 << n : .max))
        }
        #expect(game.largestBatch <= 10)
        #expect(game.wasAsked(for: []) && game.wasAsked(for: Array(0..<n)))
      }
      let game = ClosureGame.additive([Double](repeating: 1, count: n))
      let error = #expect(throws: ShapleyError.self) {
        _ = try make(kind, minimum - 1).values(of: game)
      }
      #expect(
        error
          == .budgetBelowMinimum(
            estimator: kind, budget: minimum - 1, minimum: minimum, playerCount: n))
      #expect(error?.message.contains("minimum of \(minimum) evaluations") == true)
      #expect(game.distinctEvaluations == 0)
    }
  }

  @Test("no player, one and two", arguments: [0, 1, 2])
  func fewPlayers(n: Int) throws {
    let game = TableGame(randomFor: n, outputCount: 2, seed: 3)
    let exact = try ExactShapley().values(of: game)
    for estimator in [
      KernelShapley(budget: 1 << n, seed: 1), KernelShapley(budget: 100, seed: 1),
      PermutationShapley(budget: 1 << n, seed: 1), PermutationShapley(budget: 100, seed: 1),
      SurrogateShapley(budget: 1 << n, seed: 1), SurrogateShapley(budget: 100, seed: 1),
    ] as [any ShapleyEstimator] {
      let result = try estimator.values(of: game)
      #expect(result.isExact && result.estimator == estimator.kind)
      #expect(result.evaluations == 1 << n)
      for output in 0..<2 {
        #expect(largestDifference(result.values[output], exact.values[output]) < 1e-15)
      }
    }
  }

  @Test("values that are no numbers, or too large, are refused")
  func badValues() throws {
    for bad in [Double.nan, .infinity, -.infinity, 1e101] {
      for estimator in estimators(playerCount: 5) {
        let game = ClosureGame("bad", playerCount: 5, outputCount: 2) {
          [0, $0.count == 4 ? bad : 1]
        }
        let error = #expect(throws: GameError.self) { try estimator.values(of: game) }
        guard case .valueOutOfRange(let value, 1, 4)? = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(value == bad || (value.isNaN && bad.isNaN))
      }
    }
  }

  @Test("automatic choice")
  func automatic() {
    typealias Kind = ShapleyEstimatorKind
    #expect(Kind.automatic(playerCount: 0, budget: 1) == .exact)
    #expect(Kind.automatic(playerCount: 12, budget: 4096) == .exact)
    #expect(Kind.automatic(playerCount: 12, budget: 4095) == .kernel)
    #expect(Kind.automatic(playerCount: 12, budget: 1024) == .surrogate)
    #expect(Kind.automatic(playerCount: 12, budget: 1025) == .kernel)
    #expect(Kind.automatic(playerCount: 60, budget: 1800) == .surrogate)
    #expect(Kind.automatic(playerCount: 60, budget: 1801) == .kernel)
    #expect(Kind.automatic(playerCount: 20, budget: 1 << 20) == .exact)
    #expect(Kind.automatic(playerCount: 21, budget: 1 << 21) == .exact)
    #expect(Kind.automatic(playerCount: 21, budget: (1 << 21) - 1) == .kernel)
    #expect(Kind.automatic(playerCount: 1000, budget: .max) == .kernel)
    #expect(Kind.automatic(playerCount: 1001, budget: .max) == .owen)
    #expect(Kind.kernel.minimumBudget(playerCount: 3000) == 6002)
    #expect(Kind.permutation.minimumBudget(playerCount: 3000) == 6000)
    #expect(Kind.exact.minimumBudget(playerCount: 20) == 1 << 20)
  }
}

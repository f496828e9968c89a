import Attribution
import _TestSupport

/// The games with closed forms, with about `n` players each.
func knownGames(playerCount n: Int, seed: UInt64 = 1) -> [ClosureGame] {
  var generator = SplitMix64(seed: seed)
  func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in 2 * generator.unit() - 1 } }
  let pairs = (0..<n).map { _ in numbers(n) }
  let third = max(1, n / 3)
  let voting: [ClosureGame] =
    n > 60
    ? []
    : [
      .weightedVoting((0..<n).map { 1 + ($0 * 5) % 7 }, quota: 2 * n),
      .weightedVoting((0..<n).map { _ in 1 }, quota: n / 2 + 1),
    ]
  return voting + [
    .additive(numbers(n)),
    .unanimity(of: Array(0..<max(1, n - 1)), playerCount: n),
    .sumOfUnanimity(
      (0..<2 * n).map { k in
        (numbers(1)[0], (0..<n).filter { ($0 * 7 + k) % 5 < 2 || $0 == k % n })
      }, playerCount: n),
    .mixedUnanimity(
      present: Array(0..<third), absent: Array(third..<min(n, 2 * third)), playerCount: n),
    .parity(of: Array(0..<(n - (n + 1) % 2)), playerCount: n),
    .parity(of: Array(0..<(n - n % 2)), playerCount: n),
    .glove(left: third, right: n - third),
    .airport(numbers(n).map { 3 * $0 }),
    .symmetric(playerCount: n) { Double($0 * $0) / (1 + Double($0)) },
    .meanPooling(numbers(n)),
    .quadratic(numbers(n), pairs),
    .product(present: numbers(n).map { 1 + $0 / 2 }, absent: numbers(n).map { 1 - $0 / 2 }),
    .deletionBigram(numbers(n), first: numbers(n), pairs),
    .randomSumOfUnanimity(playerCount: n, using: &generator),
    DecisionForest(playerCount: n, trees: 5, depth: 4, using: &generator).game("decision forest"),
  ]
}

/// The estimators with some small budgets for `n` players, and exact.
func estimators(playerCount n: Int, seed: UInt64 = 5) -> [any ShapleyEstimator] {
  [
    ExactShapley(), KernelShapley(budget: 2 * n + 2, seed: seed),
    KernelShapley(budget: 3 * n + 2, seed: seed), KernelShapley(budget: 6 * n, seed: seed),
    PermutationShapley(budget: 2 * n, seed: seed), PermutationShapley(budget: 9 * n, seed: seed),
    SurrogateShapley(budget: 2 * n + 2, seed: seed), SurrogateShapley(budget: 6 * n, seed: seed),
  ]
}

func largestDifference(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count)
  return zip(x, y).map { abs($0 - $1) }.max() ?? 0
}

func exactValues(of game: any Game) throws -> [Double] {
  try ExactShapley().values(of: game).values[0]
}

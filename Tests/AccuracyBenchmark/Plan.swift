/// How much is measured.
struct Plan: Sendable {
  /// Evaluations for each player, v(∅) and v(N) counted.
  static let multiples = [2, 4, 8, 16, 50, 100]

  var families = GameFamily.allCases
  var sizes = SizeClass.allCases
  /// Games of each family and size.
  var games: Int
  /// Runs of each estimator on each game and budget, with the seeds from 1 on.
  var seeds: Int
  /// Evaluations of the long runs that stand for exact values where there are none.
  var referenceBudget: Int
  /// Games of each family that LIME is run on.
  var limeGames: Int
  /// Games of each family and size that the surrogate is also run on without each of its parts.
  var ablationGames: Int
  /// Seconds of CPU time after which a run of a peer is given up.
  var patience: Int

  /// Everything; takes a day with the peers, which `--collect` divides among runs.
  static let full = Plan(
    games: 30, seeds: 5, referenceBudget: 1_000_000, limeGames: 5, ablationGames: 8, patience: 120)
  /// Takes about five minutes with the peers.
  static let small = Plan(
    games: 2, seeds: 1, referenceBudget: 400_000, limeGames: 1, ablationGames: 0, patience: 10)
  /// Runs everything of ours once, in seconds.
  static let smoke = Plan(
    sizes: [.small], games: 1, seeds: 1, referenceBudget: 400_000, limeGames: 1, ablationGames: 1,
    patience: 10)
}

/// How much is measured.
struct Plan: Sendable {
  /// Evaluations for each player, v(∅) and v(N) counted.
  static let multiples = [2, 4, 8, 16, 50, 100]
  /// Evaluations of the long runs that stand for exact values where there are none.
  ///
  /// With another number, delete the tables of the peers' record that it changes.
  static let referenceBudget = 400_000

  var families = GameFamily.allCases
  var sizes = SizeClass.allCases
  /// Games of each family and size.
  var games: Int
  /// Runs of each estimator on each game and budget, with the seeds from 1 on.
  var seeds: Int
  /// Games of each family that LIME is run on.
  var limeGames: Int
  /// Games of each family and size that the surrogate is also run on without each of its parts.
  var ablationGames: Int

  /// Everything.
  static let full = Plan(games: 30, seeds: 5, limeGames: 5, ablationGames: 4)
  /// Takes minutes.
  static let small = Plan(games: 2, seeds: 1, limeGames: 1, ablationGames: 0)
  /// Runs everything of ours once, in seconds.
  static let smoke = Plan(
    sizes: [.small], games: 1, seeds: 1, limeGames: 1, ablationGames: 1)
}

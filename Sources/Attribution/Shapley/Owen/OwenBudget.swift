/// How the evaluations of Owen values are shared between groups and members, by the sizes of the
/// groups and the budget alone.
struct OwenBudget {
  /// The fewest evaluations that do.
  let minimum: Int
  /// The evaluations of all coalitions that the values depend on.
  let enumeration: Int
  /// Whether the values are Shapley values of the players, found by a plain estimator.
  let isPlain: Bool
  /// The evaluations of the game between groups: a fifth, but between 4 and 100 a group where that
  /// leaves one walk through all groups; what it finds is shared by many players each time.
  let outer: Int

  init(_ groups: PlayerGroups, budget: Int) {
    let n = groups.playerCount
    let count = groups.count
    let kernel = ShapleyEstimatorKind.kernel
    enumeration = ExactOwen.coalitionCount(groups)
    let walk = StructuredWalk.cost(ofAll: n)
    isPlain = (count == n || count == 1) && n <= ShapleyEstimatorKind.kernelPlayerCount
    minimum = min(
      enumeration,
      count == 1 || count == n
        ? kernel.minimumBudget(playerCount: n)
        : walk + kernel.minimumBudget(playerCount: count))
    outer = min(budget - walk, max(4 * count + 2, min(budget / 5, 100 * count)))
  }
}

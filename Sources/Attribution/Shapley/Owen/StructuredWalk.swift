/// A walk from ∅ to N along an order in which the members of each group stand together, as the
/// orders do over which the Owen value is the mean.
///
/// The walk goes through some groups member by member and passes the others in one step.
struct StructuredWalk {
  private enum Step {
    /// A group that is not gone through comes in.
    case pass(Int)
    /// The coalition reached is evaluated.
    case mark
    /// A member comes in, and the coalition reached is evaluated.
    case add(Int)
  }

  /// The groups that are gone through, in the order in which they come.
  let visited: [Int]
  private let steps: [Step]
  private let groups: PlayerGroups

  /// Draws a walk through the groups for which `isVisited` holds.
  ///
  /// The draw does not depend on which groups are gone through.
  init(_ groups: PlayerGroups, isVisited: [Bool], seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let order = randomOrder(of: groups.count, using: &generator)
    var steps: [Step] = []
    // v(∅) is known.
    var isEvaluated = true
    for group in order {
      let memberOrder = randomOrder(of: groups.members[group].count, using: &generator)
      guard isVisited[group] else {
        steps.append(.pass(group))
        isEvaluated = false
        continue
      }
      if !isEvaluated { steps.append(.mark) }
      for place in memberOrder { steps.append(.add(groups.members[group][place])) }
      isEvaluated = true
    }
    visited = order.filter { isVisited[$0] }
    self.steps = steps
    self.groups = groups
  }

  /// The most evaluations that going through a group takes: two for each of its members, and two
  /// where it begins.
  static func cost(ofGroup size: Int) -> Int { 2 * size + 2 }

  /// The evaluations of a walk through all groups of `n` players together, ∅ and N apart.
  static func cost(ofAll n: Int) -> Int { max(0, 2 * n - 2) }

  /// Evaluates each coalition of the walk and its complement.
  func evaluate(_ body: (_ coalition: [UInt64]) throws -> Void) rethrows {
    var words = [UInt64](repeating: 0, count: max(1, (groups.playerCount + 63) / 64))
    for (index, step) in steps.enumerated() {
      switch step {
      case .pass(let group): groups.add(group, to: &words)
      case .mark: try body(words)
      case .add(let player):
        words[player >> 6] |= 1 << UInt64(player & 63)
        // v(N) is known.
        if index < steps.count - 1 { try body(words) }
      }
    }
  }

  /// What each member of the groups gone through adds, there and back: half the growth of
  /// v(S) − v(N∖S), which runs from −`grand` to `grand`.
  ///
  /// - Parameter next: The difference of the next coalition in the order of ``evaluate(_:)``.
  func marginals(
    grand: Double, next: () -> Double, _ body: (_ player: Int, _ marginal: Double) -> Void
  ) {
    var before = -grand
    for (index, step) in steps.enumerated() {
      switch step {
      case .pass: continue
      case .mark: before = next()
      case .add(let player):
        let after = index < steps.count - 1 ? next() : grand
        body(player, (after - before) / 2)
        before = after
      }
    }
  }
}

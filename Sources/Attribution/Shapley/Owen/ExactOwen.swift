/// Owen values by enumeration of all coalitions that they depend on: any groups as a whole,
/// together with any members of one more group.
struct ExactOwen {
  private let groups: PlayerGroups
  private let batchSize: Int

  init(groups: PlayerGroups, batchSize: Int) {
    self.groups = groups
    self.batchSize = batchSize
  }

  /// 2ᴳ + 2ᴳ⁻¹ Σ_k (2ᵇ − 2) for groups of b members, which is never more than 2ⁿ; the largest
  /// integer where that is too large.
  static func coalitionCount(_ groups: PlayerGroups) -> Int {
    guard groups.count > 0 else { return 1 }
    guard groups.count < 60, groups.members.allSatisfy({ $0.count < 60 }) else { return .max }
    let inner = groups.members.reduce(0.0) { $0 + Double(1 << $1.count - 2) }
    let count = Double(1 << (groups.count - 1)) * (2 + inner)
    return count < 0x1p62 ? Int(count) : .max
  }

  /// The Owen values of `game`.
  ///
  /// With M the groups and p_r = r!(G − 1 − r)!/G!, those of the members of group *k* are the
  /// Shapley values of the game T ↦ Σ_{R⊆M∖k} p_{|R|} v(R ∪ T), the mean over the groups that come
  /// before *k* in an order.
  func values(of game: any Game) throws -> ShapleyValues {
    let outputs = game.outputCount
    var quotient = CoalitionTable(playerCount: groups.count, outputCount: outputs)
    try quotient.fill(from: QuotientGame(game, groups: groups), batchSize: batchSize)
    var values = (0..<outputs).map { _ in [Double](repeating: 0, count: groups.playerCount) }
    for group in 0..<groups.count {
      let inner = try mean(over: game, in: group, quotient: quotient)
      for output in 0..<outputs {
        let found = inner.shapleyValues(output: output)
        for (player, value) in zip(groups.members[group], found) { values[output][player] = value }
      }
    }
    let grand = 1 << groups.count - 1
    return ShapleyValues(
      estimator: .owen, isExact: true,
      emptyValues: (0..<outputs).map { quotient.value(of: 0, output: $0) },
      grandValues: (0..<outputs).map { quotient.value(of: grand, output: $0) },
      values: values, standardErrors: nil, evaluations: Self.coalitionCount(groups))
  }

  /// The game of a group's members, each value the mean over the groups that are there already.
  private func mean(
    over game: any Game, in group: Int, quotient: CoalitionTable
  ) throws -> CoalitionTable {
    let members = groups.members[group]
    let outputs = game.outputCount
    let others = 1 << (groups.count - 1)
    let all = 1 << members.count - 1
    var stream = EvaluationStream(game, batchSize: batchSize)
    for inside in 1..<max(1, all) {
      for outside in 0..<others {
        var words = [UInt64](repeating: 0, count: max(1, (groups.playerCount + 63) / 64))
        let present = widened(outside, by: group)
        for other in 0..<groups.count where present >> other & 1 == 1 {
          groups.add(other, to: &words)
        }
        for (index, player) in members.enumerated() where inside >> index & 1 == 1 {
          words[player >> 6] |= 1 << UInt64(player & 63)
        }
        try stream.append(words)
      }
    }
    try stream.finish()
    let weights = CoalitionTable.absentWeights(playerCount: groups.count)
    return CoalitionTable(playerCount: members.count, outputCount: outputs) { inside, output in
      pairwiseSum(
        (0..<others).map { outside in
          let value =
            switch inside {
            case 0: quotient.value(of: widened(outside, by: group), output: output)
            case all: quotient.value(of: widened(outside, by: group) | 1 << group, output: output)
            default: stream.values[((inside - 1) * others + outside) * outputs + output]
            }
          return weights[outside.nonzeroBitCount] * value
        })
    }
  }

  /// A coalition of the other groups, given by bits without one for `group`, with a 0 put in there.
  private func widened(_ bits: Int, by group: Int) -> Int {
    let below = 1 << group - 1
    return (bits & ~below) << 1 | bits & below
  }
}

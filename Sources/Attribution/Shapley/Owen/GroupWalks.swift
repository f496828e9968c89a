/// Walks through the groups of a game, and what they tell of the members.
struct GroupWalks {
  /// With fewer walks their spread says too little of their error.
  private static let fewestForErrors = 4
  /// With fewer walks their spread is no guide to where more of them would help.
  private static let fewestForAllocation = 8
  /// What a group whose walks all agreed so far is still given, as a part of the mean variance: they
  /// may have missed something.
  private static let prior = 0.1

  private let groups: PlayerGroups
  /// v(N) − v(∅) of each output.
  private let grand: [Double]
  private var seeds: SplitMix64
  /// By output and group.
  private var moments: [[GroupMoments]]
  /// Groups of more than one member; others have nothing to share.
  private let isShared: [Bool]

  init(_ groups: PlayerGroups, grand: [Double], seed: UInt64) {
    self.groups = groups
    self.grand = grand
    seeds = SplitMix64(seed: seed)
    moments = grand.map { _ in groups.members.map { GroupMoments(memberCount: $0.count) } }
    isShared = groups.members.map { $0.count > 1 }
  }

  /// Walks as far as `budget` evaluations go: first through all groups, then where it helps most.
  mutating func run(in game: any Game, budget: Int, batchSize: Int) throws {
    let cost = StructuredWalk.cost(ofAll: groups.playerCount)
    let most = budget / cost
    let rounds = max(min(most, Self.fewestForAllocation), most / 2)
    try walk((0..<rounds).map { _ in isShared }, in: game, batchSize: batchSize)
    var extra = extraWalks(budget: budget - rounds * cost)
    var visits: [[Bool]] = []
    while extra.contains(where: { $0 > 0 }) {
      visits.append(extra.map { $0 > 0 })
      extra = extra.map { max(0, $0 - 1) }
    }
    try walk(visits, in: game, batchSize: batchSize)
  }

  /// The members' values, of each output, such that those of a group sum to its total.
  func values(totals: [[Double]]) -> [[Double]] {
    totals.indices.map { output in
      perMember { moments[output][$0].values(total: totals[output][$0]) }
    }
  }

  /// The standard errors of ``values(totals:)``, nil where the walks are too few.
  ///
  /// - Parameter totals: The standard errors of the totals; nil where they are not known.
  func standardErrors(totals: [[Double]]?) -> [[Double]]? {
    guard let totals else { return nil }
    let isKnown = moments[0].indices.allSatisfy {
      !isShared[$0] || moments[0][$0].count >= Self.fewestForErrors
    }
    guard isKnown else { return nil }
    return moments.indices.map { output in
      perMember { group in
        let total = totals[output][group]
        return moments[output][group].standardErrors(total: total) ?? [total]
      }
    }
  }

  private func perMember(_ body: (_ group: Int) -> [Double]) -> [Double] {
    var all = [Double](repeating: 0, count: groups.playerCount)
    for group in 0..<groups.count {
      for (player, number) in zip(groups.members[group], body(group)) { all[player] = number }
    }
    return all
  }

  /// How many more walks go through each group.
  ///
  /// One after the other to where it lowers the sum of squared errors Σ V/K most for its cost, with
  /// V the variance of a walk, K the number of walks: J. Neyman's allocation (Journal of the Royal
  /// Statistical Society 97, 1934), in whole numbers.
  private func extraWalks(budget: Int) -> [Int] {
    var spreads = groups.members.indices.map { group in
      isShared[group] ? moments.reduce(0) { $0 + $1[group].spread } : 0
    }
    let mean = spreads.reduce(0, +) / Double(groups.playerCount)
    for group in spreads.indices where isShared[group] {
      spreads[group] += Self.prior * mean * Double(groups.members[group].count)
    }
    var extra = [Int](repeating: 0, count: groups.count)
    guard mean > 0 else { return extra }
    var left = budget
    func gain(_ group: Int) -> Double {
      let count = Double(moments[0][group].count + extra[group])
      let cost = Double(StructuredWalk.cost(ofGroup: groups.members[group].count))
      return spreads[group] / (count * (count + 1) * cost)
    }
    var gains = spreads.indices.map { isShared[$0] ? gain($0) : 0 }
    while true {
      var best: Int?
      for group in gains.indices
      where gains[group] > (best.map { gains[$0] } ?? 0)
        && StructuredWalk.cost(ofGroup: groups.members[group].count) <= left
      { best = group }
      guard let best else { return extra }
      extra[best] += 1
      left -= StructuredWalk.cost(ofGroup: groups.members[best].count)
      gains[best] = gain(best)
    }
  }

  /// Walks through the groups given for each walk, several walks at a time so that batches fill.
  private mutating func walk(
    _ visits: [[Bool]], in game: any Game, batchSize: Int
  ) throws {
    var waiting: [StructuredWalk] = []
    var stream = EvaluationStream(game, batchSize: batchSize)
    var appended = 0
    for (index, isVisited) in visits.enumerated() {
      let walk = StructuredWalk(groups, isVisited: isVisited, seed: seeds.next())
      waiting.append(walk)
      try walk.evaluate { coalition in
        try stream.append(coalition)
        try stream.appendComplement(of: coalition)
        appended += 2
      }
      guard appended >= batchSize || index == visits.count - 1 else { continue }
      try stream.finish()
      takeIn(waiting, values: stream.values)
      waiting = []
      appended = 0
      stream = EvaluationStream(game, batchSize: batchSize)
    }
  }

  private mutating func takeIn(_ walks: [StructuredWalk], values: [Double]) {
    let outputs = grand.count
    for output in 0..<outputs {
      var position = output
      for walk in walks {
        var marginals = [Double](repeating: 0, count: groups.playerCount)
        walk.marginals(grand: grand[output]) {
          defer { position += 2 * outputs }
          return values[position] - values[position + outputs]
        } _: { player, marginal in
          marginals[player] = marginal
        }
        for group in walk.visited {
          moments[output][group].add(groups.members[group].map { marginals[$0] })
        }
      }
    }
  }
}

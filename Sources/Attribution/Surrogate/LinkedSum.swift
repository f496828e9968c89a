/// A value, or a link of it, that is a sum over the players present.
struct LinkedSum {
  let link: Link?
  let base: Double
  let weights: [Double]

  init(link: Link?, empty: Double, singles: [Double]) {
    self.link = link
    let isLinkable = link == nil || ([empty] + singles).allSatisfy { $0 > 0 && $0 < 1 }
    let forward: (Double) -> Double = { isLinkable ? link?.forward($0) ?? $0 : .nan }
    let base = forward(empty)
    self.base = base
    weights = singles.map { forward($0) - base }
  }

  var isFinite: Bool { base.isFinite && weights.allSatisfy(\.isFinite) }

  var grandValue: Double { inverse(base + weights.reduce(0, +)) }

  func value(_ coalitions: Coalitions, _ index: Int) -> Double {
    var sum = base
    for player in weights.indices where coalitions.contains(player, in: index) {
      sum += weights[player]
    }
    return inverse(sum)
  }

  /// Its Shapley values and their standard errors, which are 0 where few players count.
  func shapleyValues(seed: UInt64) throws -> (values: [Double], standardErrors: [Double]) {
    try RuleGame(
      rules: [TextRule([])] + weights.indices.map { TextRule([$0]) }, effects: [base] + weights,
      link: link, playerCount: weights.count
    ).shapleyValues(seed: seed, tolerated: 0)
  }

  private func inverse(_ sum: Double) -> Double { link?.inverse(sum) ?? sum }
}

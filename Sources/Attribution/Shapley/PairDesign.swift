/// The pairs of complementary coalitions that KernelSHAP evaluates, and what each counts for.
///
/// A pair has the size *s* ≤ *n*/2 of its smaller coalition. With N and ∅ apart, the regression
/// form of the Shapley values gives all pairs of size *s* together the weight 1/(s(n − s)), and
/// half of it where 2*s* = *n*. Every size is a stratum with an expected number of pairs q
/// proportional to that weight; a size whose q reaches its population is taken completely, and the
/// others share what is left. Numbers of pairs are q rounded down or up, at random such that their
/// expectation is q (systematic sampling), and within a size pairs are drawn without replacement. A
/// pair's weight is that of the stratum over q, so that every weighted sum has the expectation it
/// has over all pairs.
///
/// Under two pairs a player (and not all of them) the design is another one: the *n* pairs ({i},
/// N∖{i}), which alone determine all values and make games with interactions of at most two players
/// exact, then the others by the same law, and all with the same weight. There the weights above
/// would put most of the weight on the few pairs of middle size; measured on text-like games they
/// give up to twice the squared error.
package struct PairDesign {
  /// One coalition of each pair.
  package private(set) var coalitions: Coalitions
  /// The weight of each pair.
  package private(set) var weights: [Double] = []
  /// The probability that each pair is in the design.
  package private(set) var inclusion: [Double] = []
  /// Whether all pairs are in the design.
  package let isComplete: Bool
  /// Whether the draw is one whose residuals tell the error of the values.
  package let tellsError: Bool

  /// Draws `pairCount` pairs for `n` players, or takes all pairs where there are no more.
  ///
  /// - Parameter extremesFirst: Whether to take the *n* pairs of size 1 whatever the law says.
  package init(
    playerCount n: Int, pairCount: Int, extremesFirst: Bool, generator: inout SplitMix64
  ) {
    let strata = Self.strata(playerCount: n)
    let population = strata.map(\.subsets.count)
    let all = population.reduce(0, +)
    isComplete = Double(pairCount) >= all
    let wanted = isComplete ? Int(all) : pairCount
    tellsError = !extremesFirst && !isComplete
    var quotas = Self.quotas(
      of: strata.map(\.weight), population: population, total: Double(wanted),
      firstIsComplete: extremesFirst)
    if isComplete { quotas = population }
    let counts = Self.counts(
      quotas: quotas, population: population, total: wanted, generator: &generator)

    coalitions = Coalitions(playerCount: n)
    coalitions.reserveCapacity(wanted)
    for (index, stratum) in strata.enumerated() where counts[index] > 0 {
      for subset in stratum.subsets.sample(counts[index], using: &generator) {
        coalitions.append(subset)
      }
      let weight = extremesFirst && !isComplete ? 1 : stratum.weight / quotas[index]
      weights += repeatElement(weight, count: counts[index])
      inclusion += repeatElement(
        min(1, quotas[index] / population[index]), count: counts[index])
    }
  }

  /// The sizes of pairs with their weights in the regression.
  private static func strata(playerCount n: Int) -> [(subsets: Subsets, weight: Double)] {
    guard n > 1 else { return [] }
    return (1...(n / 2)).map { s in
      (
        PairSample.subsets(size: s, playerCount: n),
        PairSample.regressionWeight(size: s, playerCount: n)
      )
    }
  }

  /// The expected number of pairs of each size.
  private static func quotas(
    of weights: [Double], population: [Double], total: Double, firstIsComplete: Bool
  ) -> [Double] {
    var complete = weights.map { _ in false }
    if firstIsComplete, !complete.isEmpty { complete[0] = true }
    while true {
      var left = total
      var share = 0.0
      for index in weights.indices {
        if complete[index] { left -= population[index] } else { share += weights[index] }
      }
      let quotas = weights.indices.map { index in
        complete[index] ? population[index] : max(0, left) * weights[index] / share
      }
      let reached = weights.indices.filter { !complete[$0] && quotas[$0] >= population[$0] }
      if reached.isEmpty { return quotas }
      for index in reached { complete[index] = true }
    }
  }

  /// The quotas rounded to whole numbers of the same sum.
  private static func counts(
    quotas: [Double], population: [Double], total: Int, generator: inout SplitMix64
  ) -> [Int] {
    var counts = quotas.map { Int($0) }
    let open = quotas.indices.filter { quotas[$0] < population[$0] }
    let left = total - counts.reduce(0, +)
    let offset = generator.unit()
    var cumulative = 0.0
    var given = 0
    for (position, index) in open.enumerated() {
      cumulative += quotas[index] - Double(counts[index])
      let isLast = position == open.count - 1
      let due = isLast ? left : min(left, Int(cumulative + offset))
      counts[index] += due - given
      given = due
    }
    return counts
  }
}

/// Pairs of complementary coalitions, none twice, of which those of a size are as good as drawn at random.
package struct PairSample {
  /// One coalition of each pair.
  package let coalitions: Coalitions
  /// For each pair the share of the pairs of its size that are here.
  package let inclusion: [Double]
  /// For each pair its weight in the regression form of the Shapley values.
  ///
  /// Weights of the pairs of a size add up to what all pairs of that size have together.
  package let regressionWeights: [Double]
  /// Whether there are pairs of every size.
  package let coversAllSizes: Bool

  /// Prepares pairs of at least two players, ∅ and N not among them.
  package init(_ coalitions: Coalitions) {
    self.coalitions = coalitions
    let n = coalitions.playerCount
    let sizes = coalitions.indices.map { index in
      let size = coalitions.size(of: index)
      return min(size, n - size)
    }
    var counts = [Int](repeating: 0, count: n / 2 + 1)
    for size in sizes { counts[size] += 1 }
    inclusion = sizes.map { Double(counts[$0]) / Self.population(size: $0, playerCount: n) }
    regressionWeights = sizes.map {
      Self.regressionWeight(size: $0, playerCount: n) / Double(counts[$0])
    }
    coversAllSizes = counts.dropFirst().allSatisfy { $0 > 0 }
  }

  /// The coalitions of one side of the pairs of a size.
  static func subsets(size s: Int, playerCount n: Int) -> Subsets {
    2 * s == n ? Subsets(halfOf: n) : Subsets(size: s, playerCount: n)
  }

  /// The weight of all pairs of a size together in the regression form of the Shapley values.
  static func regressionWeight(size s: Int, playerCount n: Int) -> Double {
    (2 * s == n ? 0.5 : 1) / (Double(s) * Double(n - s))
  }

  private static func population(size: Int, playerCount: Int) -> Double {
    subsets(size: size, playerCount: playerCount).count
  }
}

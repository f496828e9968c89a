import Attribution

/// Games of known form with random parameters, with their Shapley values.
extension ClosureGame {
  /// A sum of 5*n* unanimity games of one to five players each.
  public static func randomSumOfUnanimity(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let terms = (0..<5 * n).map { _ in
      let order = 1 + generator.index(below: min(5, n))
      var carriers: Set<Int> = []
      while carriers.count < order { carriers.insert(generator.index(below: n)) }
      return (coefficient: 2 * generator.unit() - 1, carriers: carriers.sorted())
    }
    return sumOfUnanimity(terms, playerCount: n)
  }

  /// The mean of random weights.
  public static func randomMeanPooling(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    meanPooling((0..<n).map { _ in generator.heavyTailed() })
  }

  /// Voting with weights of 1 to 9 and a quota of 40 to 70 % of their sum.
  public static func randomWeightedVoting(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let weights = (0..<n).map { _ in 1 + generator.index(below: 9) }
    let share = 0.4 + 0.3 * generator.unit()
    let total = Double(weights.reduce(0, +))
    return weightedVoting(weights, quota: max(1, Int(share * total)))
  }
}

/// Text classifiers with whole-number weights of random sizes.
extension ScoreAutomaton {
  /// The logit that one unit of a weight is worth.
  private static let unit = 0.1

  /// Masked words, pairs and triples.
  public static func randomMaskedNGram(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ScoreAutomaton {
    maskedNGram(
      words: weights(n, density: 0.5, scale: 0.5, using: &generator),
      pairs: weights(n - 1, density: 0.35, scale: 0.45, using: &generator),
      triples: weights(n - 2, density: 0.25, scale: 0.4, using: &generator), unit: unit)
  }

  /// Words, and neighbours among the survivors, from a vocabulary of twelve.
  public static func randomSurvivingBigram(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ScoreAutomaton {
    let words = weights(n, density: 0.5, scale: 0.5, using: &generator)
    let vocabulary = 12
    let table = (0..<vocabulary).map { _ in
      weights(vocabulary, density: 0.3, scale: 0.5, using: &generator)
    }
    let text = (0..<n).map { _ in generator.index(below: vocabulary) }
    return survivingBigram(
      words: words, pairs: text.map { before in text.map { table[before][$0] } }, unit: unit)
  }

  /// Words alone.
  public static func randomLinear(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ScoreAutomaton {
    linear(words: weights(n, density: 0.7, scale: 0.5, using: &generator), unit: unit)
  }

  private static func weights(
    _ count: Int, density: Double, scale: Double, using generator: inout SplitMix64
  ) -> [Int] {
    (0..<max(0, count)).map { _ in
      let weight = scale * generator.heavyTailed() / unit
      return generator.unit() < density ? Int(weight.rounded()) : 0
    }
  }
}

/// An output as a sum of the effects of few ``TextRule``s, or as a link of one: as many as foretell pairs left out best.
///
/// It learns from all pairs, where processes learn from some.
struct SparseRules {
  private static let folds = 4
  /// Rounds that pick rules, and how many all of them may pick, also as a share of the number of rows.
  private static let rounds = 16
  private static let most = 240
  private static let largestShare = 0.15
  /// Picking ends when so many rounds gained nothing.
  private static let patience = 3
  /// Rounds after which the scale with the smallest residuals is taken.
  private static let trial = 3
  /// The evaluations of a simulation, for each pair.
  private static let simulations = 128

  private let link: Link?
  private let regression: RuleRegression
  /// What it says, with values to be simulated.
  let candidate: SurrogateCandidate

  /// Fits the values of an output, on the scale that suits them best; fails where no rule gains.
  ///
  /// - Complexity: O(*n*²*m*) operations for *m* evaluations in each round, and O(*m*³) for the regressions, up to 240
  ///   rules.
  init?(_ data: PairData, output: Int) {
    let pairs = data.pairs.count
    var rows = data.pairs
    for index in data.pairs.indices { rows.appendComplement(of: data.pairs[index]) }
    rows.appendEmpty()
    rows.appendGrand()
    let table = RuleTable(rows)
    let ends = data.ends[output]
    let values = data.present[output] + data.absent[output] + [ends.empty, ends.grand]
    let added = max(1, min(Self.most, Int(Self.largestShare * Double(rows.count))) / Self.rounds)
    func regression(_ link: Link?, without fold: Int? = nil, rounds: Int = 0) -> RuleRegression {
      var regression = RuleRegression(
        table, values: values.map { link?.forward($0) ?? $0 },
        seen: values.indices.map { $0 >= 2 * pairs || $0 % pairs % Self.folds != fold })
      for _ in 0..<rounds { regression.add(added) }
      return regression
    }
    func residual(_ pair: Int, _ regression: RuleRegression, _ link: Link?) -> Double {
      let fitted = [pair, pair + pairs].map { row in
        let sum = regression.values[row] - regression.residuals[row]
        return link?.inverse(sum) ?? sum
      }
      return data.halves[output][pair] - (fitted[0] - fitted[1]) / 2
    }

    let links = data.bounded.contains(output) ? [nil] + Link.allCases.map(Optional.some) : [nil]
    let trials = links.map { link in
      let regression = regression(link, rounds: Self.trial)
      let residuals = (0..<pairs).map { residual($0, regression, link) }
      return (link: link, regression: regression, squares: dot(residuals, residuals))
    }
    guard let trial = trials.min(by: { $0.squares < $1.squares }) else { return nil }
    link = trial.link
    var fits = (0..<Self.folds).map { regression(trial.link, without: $0) }
    func heldOut() -> [Double] {
      (0..<pairs).map { residual($0, fits[$0 % Self.folds], trial.link) }
    }
    let start = heldOut()
    var best = (squares: dot(start, start), round: 0, residuals: start)
    for round in 1...Self.rounds {
      for fold in fits.indices { fits[fold].add(added) }
      let residuals = heldOut()
      let squares = dot(residuals, residuals)
      if squares < best.squares { best = (squares, round, residuals) }
      if round >= best.round + Self.patience { break }
    }
    guard best.round > 0 else { return nil }
    var whole =
      best.round < Self.trial ? regression(link, rounds: best.round) : trial.regression
    for _ in Self.trial..<max(Self.trial, best.round) { whole.add(added) }
    self.regression = whole
    candidate = SurrogateCandidate(
      values: nil, residuals: (0..<pairs).map { residual($0, whole, trial.link) },
      heldOut: best.residuals)
  }

  /// Its Shapley values, simulated where many players count, and their standard errors.
  ///
  /// - Parameter tolerated: The sum of squared errors up to which few evaluations do.
  func shapleyValues(
    seed: UInt64, tolerated: Double
  ) throws -> (values: [Double], standardErrors: [Double]) {
    try RuleGame(
      rules: regression.rules, effects: regression.coefficients, link: link,
      playerCount: regression.playerCount
    ).shapleyValues(
      seed: seed, tolerated: tolerated, most: Self.simulations * candidate.residuals.count)
  }
}

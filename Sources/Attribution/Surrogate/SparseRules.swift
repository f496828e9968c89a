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
  /// So many times the squares of another surrogate are not worth going on: in the first fold, and after the trial, too,
  /// where fewer pairs a player than this will not bring many more rules.
  private static let hopeless = 8.0
  private static let trialPairs = 16
  /// The evaluations of a simulation, for each pair.
  private static let simulations = 128

  private let link: Link?
  private let regression: RuleRegression
  /// What it says, with values to be simulated.
  let candidate: SurrogateCandidate

  /// Fits the values of an output, on the scale that suits them best; fails where no rule gains.
  ///
  /// - Parameters:
  ///   - table: The table of the pairs.
  ///   - others: What the best other surrogate misses of each pair that it did not know: rules that are far
  ///     behind it are given up early.
  /// - Complexity: O(*n*²*m*) operations for *m* evaluations in each round, O((*r* + *n*)³) for *r* ≤ 240 rules.
  init?(_ data: PairData, output: Int, table: RuleTable, others: [Double]) {
    let pairs = data.pairs.count
    let ends = data.ends[output]
    let values = data.present[output] + data.absent[output] + [ends.empty, ends.grand]
    let added = max(1, min(Self.most, Int(Self.largestShare * Double(values.count))) / Self.rounds)
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
    guard let trial = trials.min(by: { $0.squares < $1.squares }),
      pairs >= Self.trialPairs * data.pairs.playerCount
        || trial.squares < Self.hopeless * dot(others, others)
    else { return nil }
    link = trial.link
    /// What the rules of each number of rounds, learnt without a fold, miss in it.
    func path(_ fold: Int) -> [[Double]] {
      var regression = regression(trial.link, without: fold)
      var path: [[Double]] = []
      var best = (squares: Double.infinity, round: 0)
      for round in 0...Self.rounds {
        if round > 0 { regression.add(added) }
        path.append(
          stride(from: fold, to: pairs, by: Self.folds).map { residual($0, regression, trial.link) }
        )
        let squares = dot(path[round], path[round])
        if squares < best.squares { best = (squares, round) }
        if round >= best.round + Self.patience { break }
      }
      return path
    }
    let first = path(0)
    let known = stride(from: 0, to: pairs, by: Self.folds).map { others[$0] }
    guard (first.map { dot($0, $0) }.min() ?? 0) < Self.hopeless * dot(known, known) else {
      return nil
    }
    let paths = [first] + (1..<Self.folds).map(path)
    // As far as all of them went.
    let heldOut = (0..<(paths.map(\.count).min() ?? 0)).map { round in
      (0..<pairs).map { paths[$0 % Self.folds][round][$0 / Self.folds] }
    }
    let squares = heldOut.map { dot($0, $0) }
    let best = squares.indices.min { squares[$0] < squares[$1] } ?? 0
    guard best > 0 else { return nil }
    var whole = best < Self.trial ? regression(link, rounds: best) : trial.regression
    for _ in Self.trial..<max(Self.trial, best) { whole.add(added) }
    self.regression = whole
    candidate = SurrogateCandidate(
      values: nil, residuals: (0..<pairs).map { residual($0, whole, trial.link) },
      heldOut: heldOut[best])
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

/// What is known of Shapley values where hardly any pairs but those of single players were evaluated.
///
/// Those show what a player does beside no other, and beside all others. What it does beside some is between in many
/// models, but nobody knows where: half the difference stands for the doubt. So does what a surrogate has beyond the means of
/// both, for which it has seen nothing. Where these means do not add up to v(N) − v(∅), as in votes, the rest comes of sizes
/// between, and an even share of it may be wrong as a whole: a doubt that fades as pairs between are evaluated.
struct UnseenMiddle {
  /// How little is known: 1 with no other pairs, 0 from *n* of them on, or all that there are.
  private let share: Double
  /// How little is known of the rest: 0 from twice as many other pairs on.
  private let restShare: Double
  /// Of each output and player, the mean of what it does alone and last, and an even share of the rest.
  private let means: [[Double]]
  /// Of each output and player, half of what it does differently alone and last, squared.
  private let squares: [[Double]]
  /// Of each output, the even share of the rest.
  private let rests: [Double]

  /// - Complexity: O(*P* + *n*²) operations for *P* pairs of *n* players.
  init(_ data: PairData) {
    let n = data.pairs.playerCount
    var singles: [(player: Int, pair: Int, isPresent: Bool)] = []
    for pair in data.pairs.indices {
      let size = data.pairs.size(of: pair)
      guard size == 1 || size == n - 1 else { continue }
      for player in 0..<n where data.pairs.contains(player, in: pair) == (size == 1) {
        singles.append((player, pair, size == 1))
      }
    }
    let all = n < 30 ? max(1, 1 << (n - 1) - 1 - n) : .max
    let enough = min(n, all)
    let others = Double(data.pairs.count - singles.count)
    share = max(0, 1 - others / Double(enough))
    restShare = max(0, 1 - others / Double(min(2 * enough, all)))
    var means: [[Double]] = []
    var rests: [Double] = []
    var squares: [[Double]] = []
    for (output, end) in data.ends.enumerated() {
      var mean = [Double](repeating: 0, count: n)
      var half = mean
      for (player, pair, isPresent) in singles {
        let (present, absent) = (data.present[output][pair], data.absent[output][pair])
        let (alone, others) = isPresent ? (present, absent) : (absent, present)
        mean[player] = (alone - end.empty + end.grand - others) / 2
        half[player] = (alone - end.empty - end.grand + others) / 2
      }
      let rest = (end.grand - end.empty - mean.reduce(0, +)) / Double(n)
      let even = mean.map { $0 + rest }
      // What is left is rounding.
      let gap = (end.grand - end.empty - pairwiseSum(even)) / Double(n)
      means.append(even.map { $0 + gap })
      squares.append(half.map { $0 * $0 })
      rests.append(rest)
    }
    self.means = means
    self.squares = squares
    self.rests = rests
  }

  /// Widens standard errors by the doubt; with no other pairs at all, the means are the values.
  func widen(_ fit: inout SurrogateFit) {
    guard restShare > 0 else { return }
    for output in fit.values.indices {
      let restDoubt = restShare * rests[output] * rests[output]
      for (player, mean) in means[output].enumerated() {
        let beyond = fit.values[output][player] - mean
        let error = fit.standardErrors[output][player]
        let doubt = share * (squares[output][player] + beyond * beyond) + restDoubt
        fit.standardErrors[output][player] = (error * error + doubt).squareRoot()
      }
      if share == 1 { fit.values[output] = means[output] }
    }
  }
}

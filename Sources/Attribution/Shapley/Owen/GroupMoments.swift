/// What the members of one group added in the walks through it, and the estimate of their values.
///
/// Means and sums of products are updated as in ``RunningMoments``.
struct GroupMoments {
  /// How many walks the group's typical variance counts for in that of a member.
  private static let priorWalks = 2.0

  /// The number of walks.
  private(set) var count = 0
  private var means: [Double]
  private var squares: [Double]
  /// Of the members' marginals with their sum.
  private var products: [Double]
  private var sumMean = 0.0
  private var sumSquares = 0.0

  init(memberCount: Int) {
    means = Array(repeating: 0, count: memberCount)
    squares = means
    products = means
  }

  /// Takes in what the members added in one walk.
  mutating func add(_ marginals: [Double]) {
    count += 1
    let sum = marginals.reduce(0, +)
    let sumBefore = sum - sumMean
    sumMean += sumBefore / Double(count)
    sumSquares += sumBefore * (sum - sumMean)
    for (member, marginal) in marginals.enumerated() {
      let before = marginal - means[member]
      means[member] += before / Double(count)
      squares[member] += before * (marginal - means[member])
      products[member] += before * (sum - sumMean)
    }
  }

  /// The variance of a walk, summed over the members; below two walks the squares of the means,
  /// which are all that is known of the size of things.
  var spread: Double {
    count > 1
      ? squares.reduce(0, +) / Double(count - 1) : means.reduce(0) { $0 + $1 * $1 }
  }

  /// Values that sum to `total`, the value of the group.
  ///
  /// What the sum of the means lacks is shared in proportion to the members' variances, as
  /// generalised least squares shares it among independent estimates: members that never change
  /// anything stay at 0.
  func values(total: Double) -> [Double] {
    let lack = total - means.reduce(0, +)
    return zip(means, shares).map { $0 + $1 * lack }
  }

  /// The standard errors of ``values(total:)``, given that of the total; nil below four walks.
  ///
  /// Of a member that takes the share w of what is lacking: the variance of the mean of m − w Σm
  /// over the walks, and w² times that of the total. The first is known from few walks only. It is
  /// drawn towards the mean of the group's, as from two walks more (G. Smyth, Statistical
  /// Applications in Genetics and Molecular Biology 3, 2004), but where it is 0, and what is given is
  /// the standard deviation of Student's distribution that is left: ν/(ν − 2) times the variance, for
  /// ν degrees of freedom.
  func standardErrors(total: Double) -> [Double]? {
    guard count > 3 else { return nil }
    let shares = shares
    let variances = shares.enumerated().map { member, share in
      let inner =
        squares[member] - 2 * share * products[member] + share * share * sumSquares
      return max(0, inner) / Double(count - 1)
    }
    let moving = variances.filter { $0 > 0 }
    let typical = moving.reduce(0, +) / Double(max(1, moving.count))
    let freedom = Double(count - 1) + Self.priorWalks
    return zip(variances, shares).map { variance, share in
      let moderated =
        variance > 0
        ? (Double(count - 1) * variance + Self.priorWalks * typical) / freedom : 0
      let mean = moderated / Double(count) * freedom / (freedom - 2)
      return (mean + share * share * total * total).squareRoot()
    }
  }

  private var shares: [Double] {
    let weights = count > 1 ? squares : means.map { $0 * $0 }
    let sum = weights.reduce(0, +)
    return sum > 0
      ? weights.map { $0 / sum } : means.map { _ in 1 / Double(means.count) }
  }
}

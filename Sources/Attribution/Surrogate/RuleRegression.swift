/// A sum of effects of ``TextRule``s, picked greedily by how they go with what the others leave.
///
/// Y. C. Pati, R. Rezaiifar, P. S. Krishnaprasad: "Orthogonal matching pursuit", Asilomar 1993. After those of single
/// players, rules of two are candidates, and those that one more player makes of the strongest that were picked.
struct RuleRegression {
  /// How many of the strongest rules grow.
  private static let growing = 24
  /// How many rules are ranked for one that is picked.
  private static let ranked = 16
  /// The most players of a rule where all sets of so many are candidates.
  private static let largestSet = 5
  /// Columns that others make up nearly are left out; what is left is hardly shrunken.
  private static let ridge = 1e-9
  private static let smallestPivot = 1e-4

  private let table: RuleTable
  /// Of all rows.
  let values: [Double]
  /// The rows to learn from.
  private let seen: RuleColumn
  private let seenValues: [Double]
  private let seenCount: Double
  private let pairCounts: SquareMatrix
  private let nearCounts: [[Double]]
  private let subsetCounts: (sums: SubsetSums, sets: [Int])
  private(set) var rules: [TextRule] = []
  private(set) var coefficients: [Double] = []
  /// Of all rows, what is left.
  private(set) var residuals: [Double]
  private var columns: [RuleColumn] = []
  private var products: [Double] = []
  private var factor = GrowingCholesky()
  private var known: Set<TextRule> = []

  var playerCount: Int { table.coalitions.playerCount }

  /// Fits the effects of single players.
  init(_ table: RuleTable, values: [Double], seen: [Bool]) {
    self.table = table
    self.values = values
    self.seen = RuleColumn(seen)
    seenValues = zip(values, self.seen.values).map { $0 * $1 }
    seenCount = self.seen.values.reduce(0, +)
    // All sets of few players are counted at once.
    let isSmall = table.coalitions.playerCount <= SubsetSums.mostPlayers
    pairCounts =
      isSmall ? SquareMatrix(order: 0) : table.pairSums(of: self.seen.values)
    nearCounts = table.nearSums(of: self.seen.values)
    let counts = SubsetSums(of: self.seen.values, at: table.coalitions)
    subsetCounts = (counts, counts.sets(sizes: 2...Self.largestSet))
    residuals = values
    append(TextRule([]))
    for player in 0..<table.coalitions.playerCount { append(TextRule([player])) }
    solve()
  }

  /// Picks `count` more rules, and fits all anew.
  mutating func add(_ count: Int) {
    for rule in best(count) { append(rule) }
    solve()
  }

  /// The rules that go best with the residuals, one of each kind: others of the kind may be redundant.
  private func best(_ count: Int) -> [TextRule] {
    let n = playerCount
    let left = zip(residuals, seen.values).map { $0 * $1 }
    var ranking = RuleRanking(rows: seenCount, length: Self.ranked * count)
    if n <= SubsetSums.mostPlayers {
      let products = SubsetSums(of: left, at: table.coalitions)
      for set in subsetCounts.sets {
        ranking.consider(.set(set), product: products[set], count: subsetCounts.sums[set])
      }
    } else {
      let products = table.pairSums(of: left)
      for first in 0..<n {
        for second in (first + 1)..<max(n, first + 1) {
          ranking.consider(
            .near(first, second, reach: nil), product: products[second, first],
            count: pairCounts[second, first])
        }
      }
      let strongest = rules.indices.filter { rules[$0].players.count > 1 }
        .sorted { abs(coefficients[$0]) > abs(coefficients[$1]) }.prefix(Self.growing)
      for index in strongest {
        let product = zip(left, columns[index].values).map { $0 * $1 }
        for player in 0..<n where !rules[index].players.contains(player) {
          ranking.consider(
            .grown(index, player), product: dot(product, table.presences[player].values),
            count: RuleColumn.count(columns[index], table.presences[player], seen))
        }
      }
    }
    for (reach, products) in table.nearSums(of: left).enumerated() {
      for first in 0..<n {
        for second in (first + 1)..<max(n, first + 1) {
          ranking.consider(
            .near(first, second, reach: reach + 1), product: products[first * n + second],
            count: nearCounts[reach][first * n + second])
        }
      }
    }
    var picked: [TextRule] = []
    var kinds = Set<[Int]>()
    for candidate in ranking.best where picked.count < count {
      let rule = rule(candidate)
      if !known.contains(rule), kinds.insert(kind(candidate)).inserted { picked.append(rule) }
    }
    return picked
  }

  /// What rules have in common that say nearly the same.
  private func kind(_ candidate: RuleRanking.Candidate) -> [Int] {
    switch candidate {
    case .set(let set): Array((0..<playerCount).filter { set >> $0 & 1 == 1 }.prefix(2))
    case .near(let first, let second, _): [first, second]
    case .grown(let index, _): [-1, index]
    }
  }

  private func rule(_ candidate: RuleRanking.Candidate) -> TextRule {
    switch candidate {
    case .set(let set): TextRule((0..<playerCount).filter { set >> $0 & 1 == 1 })
    case .near(let first, let second, let reach):
      reach.map { TextRule([first, second]).near(reach: $0) } ?? TextRule([first, second])
    case .grown(let index, let player): rules[index].with(player)
    }
  }

  private mutating func append(_ rule: TextRule) {
    guard known.insert(rule).inserted else { return }
    let column = RuleColumn(table.coalitions.indices.map { rule.holds(for: table.coalitions[$0]) })
    guard
      factor.append(
        columns.map { RuleColumn.count($0, column, seen) },
        diagonal: RuleColumn.count(column, column, seen) + Self.ridge,
        smallestPivot: Self.smallestPivot)
    else { return }
    rules.append(rule)
    columns.append(column)
    products.append(dot(column.values, seenValues))
  }

  private mutating func solve() {
    coefficients = factor.solve(products)
    residuals = values
    for (column, coefficient) in zip(columns, coefficients) {
      for row in residuals.indices { residuals[row] -= coefficient * column.values[row] }
    }
  }
}

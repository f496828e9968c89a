/// A regression tree over which players are present.
///
/// L. Breiman et al.: "Classification and Regression Trees", Wadsworth 1984.
package struct RegressionTree: Sendable {
  /// The most questions on the way to a leaf.
  private static let depth = envInt("AB_DEPTH", 5)
  /// The fewest rows of a leaf.
  private static let leafRows = 3
  /// How many rows of value 0 a leaf has besides its own, so that small ones say little.
  private static let ridge = 1.0

  private struct Node {
    /// The player asked for; −1 in leaves.
    var player: Int32 = -1
    /// The node where it is absent; the one where it is present comes next.
    var absent: Int32 = 0
    /// What leaves answer.
    var value = 0.0
  }

  private var nodes: [Node] = []

  /// Grows a tree on `rows` of `coalitions`, which it reorders.
  ///
  /// - Complexity: O(rows · *n* · depth) operations.
  init(coalitions: Coalitions, values: [Double], rows: inout [Int32]) {
    var grower = Grower(coalitions: coalitions, values: values)
    rows.withUnsafeMutableBufferPointer { rows in
      nodes = []
      Self.grow(&nodes, &grower, rows, depth: 0)
    }
  }

  private static func grow(
    _ nodes: inout [Node], _ grower: inout Grower, _ rows: UnsafeMutableBufferPointer<Int32>,
    depth: Int
  ) {
    let here = nodes.count
    var sum = 0.0
    for row in rows { sum += grower.values[Int(row)] }
    nodes.append(Node(value: sum / (Double(rows.count) + ridge)))
    guard depth < Self.depth, rows.count >= 2 * leafRows,
      let player = grower.bestPlayer(rows, sum: sum, leafRows: leafRows, ridge: ridge)
    else { return }
    let middle = grower.partition(rows, by: player)
    nodes[here].player = Int32(player)
    grow(&nodes, &grower, .init(rebasing: rows[..<middle]), depth: depth + 1)
    nodes[here].absent = Int32(nodes.count)
    grow(&nodes, &grower, .init(rebasing: rows[middle...]), depth: depth + 1)
  }

  /// The answer for a coalition.
  func value(_ coalition: ArraySlice<UInt64>) -> Double {
    var index = 0
    while nodes[index].player >= 0 {
      let player = Int(nodes[index].player)
      let isPresent =
        coalition[coalition.startIndex + player >> 6] >> UInt64(player & 63) & 1 == 1
      index = isPresent ? index + 1 : Int(nodes[index].absent)
    }
    return nodes[index].value
  }

  /// Adds the Shapley values of `factor` times the tree to `values`.
  ///
  /// A leaf that wants *a* players present and *b* absent is a game in which each of the former has
  /// (a − 1)! b! / (a + b)! and each of the latter −a! (b − 1)! / (a + b)!.
  package func addShapleyValues(_ factor: Double, to values: inout [Double]) {
    var path: [(player: Int, isPresent: Bool)] = []
    visit(0, &path) { path, value in
      let present = path.count { $0.isPresent }
      let absent = path.count - present
      // 1 / binomial(a + b, a)
      var share = 1.0
      for k in 0..<present { share *= Double(k + 1) / Double(absent + k + 1) }
      for step in path {
        values[step.player] +=
          factor * value * share
          * (step.isPresent ? 1 / Double(present) : -1 / Double(absent))
      }
    }
  }

  private func visit(
    _ index: Int, _ path: inout [(player: Int, isPresent: Bool)],
    _ body: ([(player: Int, isPresent: Bool)], Double) -> Void
  ) {
    let node = nodes[index]
    guard node.player >= 0 else { return body(path, node.value) }
    path.append((Int(node.player), true))
    visit(index + 1, &path, body)
    path[path.count - 1].isPresent = false
    visit(Int(node.absent), &path, body)
    path.removeLast()
  }
}

/// Looks for the best questions.
private struct Grower {
  let coalitions: Coalitions
  let values: [Double]
  private var sums: [Double]
  private var counts: [Int32]
  private var spare: [Int32] = []

  init(coalitions: Coalitions, values: [Double]) {
    self.coalitions = coalitions
    self.values = values
    sums = Array(repeating: 0, count: 64 * coalitions.wordsPerCoalition)
    counts = Array(repeating: 0, count: sums.count)
  }

  /// The player by whose presence squares fall most; nil where none gains.
  mutating func bestPlayer(
    _ rows: UnsafeMutableBufferPointer<Int32>, sum: Double, leafRows: Int, ridge: Double
  ) -> Int? {
    let words = coalitions.wordsPerCoalition
    for player in sums.indices { (sums[player], counts[player]) = (0, 0) }
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        coalitions.words.withUnsafeBufferPointer { all in
          for row in rows {
            let value = values[Int(row)]
            for word in 0..<words {
              var x = all[Int(row) * words + word]
              while x != 0 {
                let player = word << 6 + x.trailingZeroBitCount
                sums[player] += value
                counts[player] += 1
                x &= x - 1
              }
            }
          }
        }
      }
    }
    let total = rows.count
    let before = sum * sum / (Double(total) + ridge)
    var best: (player: Int, gain: Double)?
    for player in 0..<coalitions.playerCount {
      let present = Int(counts[player])
      guard present >= leafRows, total - present >= leafRows else { continue }
      let rest = sum - sums[player]
      let gain =
        sums[player] * sums[player] / (Double(present) + ridge)
        + rest * rest / (Double(total - present) + ridge) - before
      if gain > (best?.gain ?? 1e-12 * before) { best = (player, gain) }
    }
    return best?.player
  }

  /// Puts the rows that have the player first, in order; answers how many there are.
  mutating func partition(_ rows: UnsafeMutableBufferPointer<Int32>, by player: Int) -> Int {
    spare.removeAll(keepingCapacity: true)
    var next = 0
    for index in rows.indices {
      let row = rows[index]
      if coalitions.contains(player, in: Int(row)) {
        rows[next] = row
        next += 1
      } else {
        spare.append(row)
      }
    }
    for (offset, row) in spare.enumerated() { rows[next + offset] = row }
    return next
  }
}

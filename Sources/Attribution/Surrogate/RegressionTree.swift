/// A regression tree over which players are present.
///
/// L. Breiman et al.: "Classification and Regression Trees", Wadsworth 1984.
package struct RegressionTree: Sendable {
  /// The most questions on the way to a leaf.
  private static let depth = 6
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
  package init(coalitions: Coalitions, values: [Double], rows: inout [Int32]) {
    var grower = Grower(coalitions: coalitions, values: values)
    rows.withUnsafeMutableBufferPointer { rows in
      grow(&grower, rows, grower.counts(of: rows), depth: 0)
    }
  }

  private mutating func grow(
    _ grower: inout Grower, _ rows: UnsafeMutableBufferPointer<Int32>,
    _ counts: PlayerCounts, depth: Int
  ) {
    let here = nodes.count
    nodes.append(Node(value: counts.sum / (Double(rows.count) + Self.ridge)))
    guard depth < Self.depth,
      let player = counts.bestPlayer(leafRows: Self.leafRows, ridge: Self.ridge)
    else { return }
    let middle = grower.partition(rows, by: player)
    let with = UnsafeMutableBufferPointer(rebasing: rows[..<middle])
    let without = UnsafeMutableBufferPointer(rebasing: rows[middle...])
    // Only the smaller part is counted; the other is the rest.
    var parts = (counts, counts)
    if depth + 1 < Self.depth {
      if with.count <= without.count {
        parts.0 = grower.counts(of: with)
        parts.1.subtract(parts.0)
      } else {
        parts.1 = grower.counts(of: without)
        parts.0.subtract(parts.1)
      }
    } else {
      parts.0.sum = grower.sum(of: with)
      parts.1.sum = counts.sum - parts.0.sum
    }
    nodes[here].player = Int32(player)
    grow(&grower, with, parts.0, depth: depth + 1)
    nodes[here].absent = Int32(nodes.count)
    grow(&grower, without, parts.1, depth: depth + 1)
  }

  /// The answer for a coalition.
  package func value(_ coalition: ArraySlice<UInt64>) -> Double {
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

/// Of some rows, how many have each player, and what their values sum to.
private struct PlayerCounts {
  var sum = 0.0
  var rows = 0.0
  /// For each player, the sum of the values of the rows that have it, and their number.
  var players: [SIMD2<Double>]

  mutating func subtract(_ part: PlayerCounts) {
    sum -= part.sum
    rows -= part.rows
    for player in players.indices { players[player] -= part.players[player] }
  }

  /// The player by whose presence squares fall most; nil where none gains.
  func bestPlayer(leafRows: Int, ridge: Double) -> Int? {
    let least = Double(leafRows)
    let before = sum * sum / (rows + ridge)
    var best: Int?
    var highest = before
    for (player, present) in players.enumerated() {
      let absent = SIMD2(sum, rows) - present
      guard present[1] >= least, absent[1] >= least else { continue }
      let after =
        present[0] * present[0] / (present[1] + ridge) + absent[0] * absent[0] / (absent[1] + ridge)
      // What only rounding tells apart is equal, so that a game times −7 grows the same trees.
      if after > highest * (1 + 1e-9) { (best, highest) = (player, after) }
    }
    return best
  }
}

/// The rows that a tree is grown on.
private struct Grower {
  let coalitions: Coalitions
  let values: [Double]
  private var spare: [Int32] = []

  init(coalitions: Coalitions, values: [Double]) {
    self.coalitions = coalitions
    self.values = values
  }

  func sum(of rows: UnsafeMutableBufferPointer<Int32>) -> Double {
    rows.reduce(0) { $0 + values[Int($1)] }
  }

  func counts(of rows: UnsafeMutableBufferPointer<Int32>) -> PlayerCounts {
    let words = coalitions.wordsPerCoalition
    var players = [SIMD2<Double>](repeating: .zero, count: coalitions.playerCount)
    players.withUnsafeMutableBufferPointer { players in
      coalitions.words.withUnsafeBufferPointer { all in
        for row in rows {
          let one = SIMD2(values[Int(row)], 1)
          for word in 0..<words {
            var x = all[Int(row) * words + word]
            while x != 0 {
              players[word << 6 + x.trailingZeroBitCount] += one
              x &= x - 1
            }
          }
        }
      }
    }
    return PlayerCounts(sum: sum(of: rows), rows: Double(rows.count), players: players)
  }

  /// Puts the rows that have the player first, in order; answers how many there are.
  mutating func partition(_ rows: UnsafeMutableBufferPointer<Int32>, by player: Int) -> Int {
    let words = coalitions.wordsPerCoalition
    spare.removeAll(keepingCapacity: true)
    var next = 0
    for index in rows.indices {
      let row = rows[index]
      if coalitions.words[Int(row) * words + player >> 6] >> UInt64(player & 63) & 1 == 1 {
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

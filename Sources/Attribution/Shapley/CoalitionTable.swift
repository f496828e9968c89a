/// The values of all coalitions of a few players, and the Shapley values read out of them.
///
/// Coalitions are numbered by their bits: player *i* is present in coalition `c` where bit *i* of
/// `c` is set.
struct CoalitionTable {
  private let playerCount: Int
  private let columns: Int
  /// One column an output, one after the other, so that each is read in one run.
  private var values: [Double]

  init(playerCount: Int, outputCount: Int) {
    self.playerCount = playerCount
    columns = outputCount
    values = Array(repeating: 0, count: outputCount << playerCount)
  }

  /// Makes a table of given values.
  init(playerCount: Int, outputCount: Int, value: (_ coalition: Int, _ output: Int) -> Double) {
    self.init(playerCount: playerCount, outputCount: outputCount)
    for output in 0..<outputCount {
      for coalition in 0..<(1 << playerCount) {
        values[output << playerCount + coalition] = value(coalition, output)
      }
    }
  }

  func value(of coalition: Int, output: Int) -> Double {
    values[output << playerCount + coalition]
  }

  /// Asks `game` for all coalitions, in the order of their numbers.
  mutating func fill(from game: any Game, batchSize: Int) throws {
    precondition(batchSize > 0)
    let count = 1 << playerCount
    for start in stride(from: 0, to: count, by: batchSize) {
      let end = min(start + batchSize, count)
      var batch = Coalitions(playerCount: playerCount)
      batch.reserveCapacity(end - start)
      for coalition in start..<end { batch.append(CollectionOfOne(UInt64(coalition))) }
      let rows = try checked(
        game.values(of: batch), of: batch, outputs: columns)
      for output in 0..<columns {
        for coalition in start..<end {
          values[output << playerCount + coalition] = rows[(coalition - start) * columns + output]
        }
      }
    }
  }

  /// p_s = s!(n − 1 − s)!/n! for *s* = 0 ..< *n*: how likely it is that exactly those *s* players
  /// come before another one.
  static func absentWeights(playerCount n: Int) -> [Double] {
    var weights = [1 / Double(n)]
    for s in 1..<Swift.max(n, 1) { weights.append(weights[s - 1] * Double(s) / Double(n - s)) }
    return weights
  }

  /// φ of an output.
  ///
  /// With p_s = s!(n − 1 − s)!/n!, p₋₁ = pₙ = 0, w(S) = v(S) − v(∅) and
  /// q(S) = w(S)(p_{|S|−1} + p_{|S|}),
  ///
  ///     φᵢ = Σ_{S∋i} p_{|S|−1} w(S) − Σ_{S∌i} p_{|S|} w(S) = Σ_{S∋i} q(S) − Σ_S p_{|S|} w(S).
  ///
  /// The sums of q over the coalitions of each player come out of one array: its upper half belongs
  /// to the last player; added onto the lower half it leaves the same question for the others. All
  /// sums run pairwise, so that rounding grows with *n* and not with 2ⁿ.
  ///
  /// - Complexity: 2 · 2ⁿ additions for the sums of q.
  func shapleyValues(output: Int) -> [Double] {
    let n = playerCount
    guard n > 0 else { return [] }
    let absent = Self.absentWeights(playerCount: n) + [0]
    let both = (0...n).map { s in absent[s] + (s > 0 ? absent[s - 1] : 0) }

    let count = 1 << n
    let first = output << n
    let empty = values[first]
    var weighted = [Double](repeating: 0, count: count)
    var sums = [Double](repeating: 0, count: n)
    weighted.withUnsafeMutableBufferPointer { q in
      for c in 0..<count {
        q[c] = (values[first + c] - empty) * absent[c.nonzeroBitCount]
      }
      let common = pairwiseSum(q, 0, count)
      for c in 0..<count {
        q[c] = (values[first + c] - empty) * both[c.nonzeroBitCount]
      }
      for player in (0..<n).reversed() {
        let half = 1 << player
        sums[player] = pairwiseSum(q, half, half) - common
        for c in 0..<half { q[c] += q[c + half] }
      }
    }
    return sums
  }
}

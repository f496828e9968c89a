/// The subsets of a fixed size of a run of players, with some players always in.
///
/// Subsets come as the words of ``Coalitions``.
package struct Subsets {
  /// Where the run of players begins that subsets are chosen from; players before it are always in.
  let first: Int
  /// Where the run ends: the number of all players.
  let playerCount: Int
  /// How many players of the run are chosen.
  let chosen: Int

  /// The subsets of `size` among `playerCount` players.
  package init(size: Int, playerCount: Int) {
    first = 0
    chosen = size
    self.playerCount = playerCount
  }

  /// The subsets of half of `playerCount` players, one of each pair of complements: the one with
  /// player 0.
  init(halfOf playerCount: Int) {
    first = 1
    chosen = playerCount / 2 - 1
    self.playerCount = playerCount
  }

  /// The number of subsets, exact below 2⁵³, infinite where a `Double` cannot hold it.
  var count: Double {
    let run = playerCount - first
    var count = 1.0
    for k in 0..<min(chosen, run - chosen) { count = count * Double(run - k) / Double(k + 1) }
    return count
  }

  /// `wanted` different subsets, each set of so many equally likely.
  ///
  /// Where they are at least half of all, all are gone through and some picked; otherwise subsets
  /// are drawn until enough of them are new.
  func sample(_ wanted: Int, using generator: inout SplitMix64) -> [[UInt64]] {
    guard 2 * Double(wanted) >= count else { return drawn(wanted, using: &generator) }
    var picked: [[UInt64]] = []
    picked.reserveCapacity(wanted)
    var left = Int(count)
    forEach { subset in
      // Selection sampling: D. E. Knuth, The Art of Computer Programming 2, algorithm 3.4.2S.
      let missing = wanted - picked.count
      if missing == left || (missing > 0 && generator.index(below: left) < missing) {
        picked.append(subset)
      }
      left -= 1
    }
    return picked
  }

  /// Calls `body` with every subset, in lexicographic order of the players.
  func forEach(_ body: ([UInt64]) -> Void) {
    var members = (0..<chosen).map { first + $0 }
    while true {
      var words = always
      for player in members { words[player >> 6] |= 1 << UInt64(player & 63) }
      body(words)
      var position = chosen - 1
      while position >= 0, members[position] == playerCount - chosen + position { position -= 1 }
      guard position >= 0 else { return }
      members[position] += 1
      for next in (position + 1)..<Swift.max(chosen, position + 1) {
        members[next] = members[next - 1] + 1
      }
    }
  }

  private func drawn(_ wanted: Int, using generator: inout SplitMix64) -> [[UInt64]] {
    var subsets: [[UInt64]] = []
    subsets.reserveCapacity(wanted)
    var known = Set<[UInt64]>(minimumCapacity: wanted)
    while subsets.count < wanted {
      let subset = draw(using: &generator)
      if known.insert(subset).inserted { subsets.append(subset) }
    }
    return subsets
  }

  /// One subset, all equally likely, by Floyd's algorithm.
  ///
  /// J. Bentley: "Programming pearls", CACM 30(9), 1987.
  package func draw(using generator: inout SplitMix64) -> [UInt64] {
    var words = always
    for last in (playerCount - chosen)..<playerCount {
      let player = first + generator.index(below: last - first + 1)
      let isNew = words[player >> 6] >> UInt64(player & 63) & 1 == 0
      let member = isNew ? player : last
      words[member >> 6] |= 1 << UInt64(member & 63)
    }
    return words
  }

  private var always: [UInt64] {
    var words = [UInt64](repeating: 0, count: Swift.max(1, (playerCount + 63) / 64))
    for player in 0..<first { words[player >> 6] |= 1 << UInt64(player & 63) }
    return words
  }
}

/// Players beside whom no other one changes a value that is known, and the game among them.
///
/// L. Shapley ("A value for n-person games", 1953, axiom 2) calls such a set a carrier of the game: the others have the
/// value 0, and each value of the game is that of the members present. Words that a model does not know are no members.
struct Carrier {
  /// The fewest comparisons that are believed, of all values and of those with and without each of the others.
  private static let fewestComparisons = 100
  private static let fewestOfEach = 20
  /// With 95 % confidence, what never happened in *m* cases happens in at most 3 of *m*; this many standard errors are
  /// 95 %.
  private static let ruleOfThree = 3.0 / 1.96

  /// The members.
  let players: [Int]
  /// How many values were the same as that of another coalition with the same members.
  let comparisons: Int
  /// Sets of members whose values are known.
  private let coalitions: Coalitions
  /// The position of each of them.
  private let positions: [[UInt64]: Int]
  /// The values of each output.
  private let columns: [[Double]]
  /// How far the values of each output range.
  private let ranges: [Double]
  private let playerCount: Int

  /// Looks for a carrier with fewer than all players, in a ledger with ∅, N, all single players and all but one.
  ///
  /// Members are the players who change v(∅) or v(N). Fails where others change a value, or comparisons are few.
  ///
  /// - Parameter allowances: How far values of each output may be apart and count as the same.
  /// - Complexity: O(*mn*) operations for *m* evaluations.
  init?(of ledger: EvaluationLedger, allowances: [Double]) {
    let all = ledger.coalitions
    let n = all.playerCount
    let values = ledger.columns(of: all)
    let singles = Coalitions.singles(playerCount: n)
    let ends = ledger.columns(of: .ends(playerCount: n))
    let alone = ledger.columns(of: singles)
    let missing = ledger.columns(of: singles.complements)
    let isMember = (0..<n).map { player in
      ends.indices.contains { output in
        abs(alone[output][player] - ends[output][0]) > allowances[output]
          || abs(missing[output][player] - ends[output][1]) > allowances[output]
      }
    }
    let players = (0..<n).filter { isMember[$0] }
    guard players.count < n else { return nil }

    var coalitions = Coalitions(playerCount: players.count)
    var positions: [[UInt64]: Int] = [:]
    /// Of each set of members, the coalition that it was first seen in.
    var first: [Int] = []
    var compared = [Int](repeating: 0, count: n)
    var comparisons = 0
    for index in all.indices {
      let members = all.restricted(to: players, at: index)
      guard let position = positions[members] else {
        positions[members] = first.count
        first.append(index)
        coalitions.append(members)
        continue
      }
      let other = first[position]
      // The first one stands for all: each may be so far from it.
      let isSame = values.indices.allSatisfy { output in
        abs(values[output][index] - values[output][other]) <= allowances[output]
      }
      guard isSame else { return nil }
      comparisons += 1
      for player in 0..<n where all.contains(player, in: index) != all.contains(player, in: other) {
        compared[player] += 1
      }
    }
    guard comparisons >= Self.fewestComparisons,
      (0..<n).allSatisfy({ isMember[$0] || compared[$0] >= Self.fewestOfEach })
    else { return nil }
    self.players = players
    self.comparisons = comparisons
    self.coalitions = coalitions
    self.positions = positions
    columns = values.map { row in first.map { row[$0] } }
    ranges = values.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
    playerCount = n
  }

  /// Shapley values of all players; those of members follow where the values of all sets of them are known.
  ///
  /// Standard errors are of the game among the members, and of what else the others may do.
  func fit(parts: SurrogateParts, seed: UInt64) throws -> SurrogateFit {
    let isComplete = players.count < 30 && coalitions.count == 1 << players.count
    let fit = isComplete ? enumerated() : try SurrogateFit(pairData(parts: parts), seed: seed)
    var all = SurrogateFit(
      values: ranges.map { _ in [Double](repeating: 0, count: playerCount) },
      standardErrors: ranges.map {
        [Double](repeating: Self.ruleOfThree * $0 / Double(comparisons), count: playerCount)
      })
    for output in ranges.indices {
      for (member, player) in players.enumerated() {
        let error = fit.standardErrors[output][member]
        let other = all.standardErrors[output][player]
        all.values[output][player] = fit.values[output][member]
        all.standardErrors[output][player] = (error * error + other * other).squareRoot()
      }
    }
    return all
  }

  private func enumerated() -> SurrogateFit {
    let table = CoalitionTable(playerCount: players.count, outputCount: columns.count) {
      columns[$1][positions[[UInt64($0)], default: 0]]
    }
    let values = columns.indices.map { table.shapleyValues(output: $0) }
    return SurrogateFit(values: values, standardErrors: values.map { $0.map { _ in 0 } })
  }

  private func pairData(parts: SurrogateParts) -> PairData {
    let ends = Coalitions.ends(playerCount: players.count)
    let complements = coalitions.complements
    var pairs: [(present: Int, absent: Int)] = []
    for index in coalitions.indices {
      guard coalitions[index] != ends[0], coalitions[index] != ends[1] else { continue }
      if let other = positions[Array(complements[index])], other > index {
        pairs.append((index, other))
      }
    }
    return PairData(
      sample: PairSample(coalitions.picked(pairs.map(\.present))), parts: parts,
      present: columns.map { row in pairs.map { row[$0.present] } },
      absent: columns.map { row in pairs.map { row[$0.absent] } },
      ends: columns.map { row in
        (row[positions[Array(ends[0]), default: 0]], row[positions[Array(ends[1]), default: 0]])
      })
  }
}

extension Coalitions {
  /// The words of the coalition of those of some players that are present in one here.
  fileprivate func restricted(to players: [Int], at index: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: Swift.max(1, (players.count + 63) / 64))
    for (member, player) in players.enumerated() where contains(player, in: index) {
      words[member >> 6] |= 1 << UInt64(member & 63)
    }
    return words
  }
}

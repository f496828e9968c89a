/// Players beside whom no other one changes a value that is known, and the game among them.
///
/// L. Shapley ("A value for n-person games", 1953, axiom 2) calls such a set a carrier of the game: the others have the
/// value 0, and each value of the game is that of the members present. Words that a model does not know are no members.
struct Carrier {
  /// The fewest comparisons that are believed, of all values and of those with and without each of the others.
  private static let fewestComparisons = 100
  private static let fewestOfEach = 20

  /// The members.
  let players: [Int]
  /// Of each player, in how many comparisons it, or for a member any other, might have shown that others count.
  private let evidence: [Int]
  /// Sets of members whose values are known.
  private let coalitions: Coalitions
  /// The position of each of them.
  private let positions: [[UInt64]: Int]
  /// The values of each output.
  private let columns: [[Double]]
  /// How far the values of each output range.
  private let ranges: [Double]
  private let playerCount: Int

  /// Looks for a carrier with fewer than all players, in what a ledger has of ∅, N, and pairs, with those of all single
  /// players first.
  ///
  /// Members are the players who change v(∅) or v(N). Fails where others change a value, or comparisons are few.
  ///
  /// - Complexity: O(*mn*) operations for *m* evaluations.
  init?(ends: Coalitions, pairs: Coalitions, in ledger: EvaluationLedger, tolerance: ValueTolerance)
  {
    guard tolerance.isTelling else { return nil }
    let n = ends.playerCount
    // In this order whatever the batches were.
    var all = ends
    for index in pairs.indices {
      all.append(pairs[index])
      all.appendComplement(of: pairs[index])
    }
    let values = ledger.columns(of: all)
    let outputs = values.indices
    var isMember = [Bool](repeating: false, count: n)
    for index in all.indices where all.size(of: index) == 1 || all.size(of: index) == n - 1 {
      let isSingle = all.size(of: index) == 1
      let end = isSingle ? 0 : 1
      if !outputs.allSatisfy({ tolerance.agrees(values[$0][index], values[$0][end], of: $0) }),
        let player = (0..<n).first(where: { all.contains($0, in: index) == isSingle })
      {
        isMember[player] = true
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
      guard outputs.allSatisfy({ tolerance.agrees(values[$0][index], values[$0][other], of: $0) })
      else { return nil }
      // Who is a member was told by these.
      let size = all.size(of: index)
      guard size > 1, size < n - 1 else { continue }
      comparisons += 1
      for player in 0..<n where all.contains(player, in: index) != all.contains(player, in: other) {
        compared[player] += 1
      }
    }
    guard comparisons >= Self.fewestComparisons,
      (0..<n).allSatisfy({ isMember[$0] || compared[$0] >= Self.fewestOfEach })
    else { return nil }
    evidence = (0..<n).map { isMember[$0] ? comparisons : compared[$0] }
    self.players = players
    self.coalitions = coalitions
    self.positions = positions
    columns = values.map { row in first.map { row[$0] } }
    ranges = values.map(\.spread)
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
      standardErrors: ranges.map { range in
        evidence.map { unseenShare(of: $0) * range }
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

  private func position(of members: [UInt64]) -> Int {
    guard let position = positions[members] else { preconditionFailure("a set that is known") }
    return position
  }

  private func enumerated() -> SurrogateFit {
    let table = CoalitionTable(playerCount: players.count, outputCount: columns.count) {
      columns[$1][position(of: [UInt64($0)])]
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
        (row[position(of: Array(ends[0]))], row[position(of: Array(ends[1]))])
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

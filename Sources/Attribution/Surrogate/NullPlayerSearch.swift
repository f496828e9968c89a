/// Looks for players that change nothing, without whom all coalitions can be enumerated.
///
/// Those that change neither ∅ nor N are tried: coalitions of the others with some of them have to be worth what they
/// are worth with other ones.
struct NullPlayerSearch {
  /// Coalitions of the other players that are looked at in two ways; and their complements in the carrier.
  private static let draws = 15
  /// The most players that are enumerated.
  private static let mostPlayers = 16

  let agreement: ValueAgreement
  let seed: UInt64

  /// The Shapley values of a game with null players, where the budget holds all coalitions of the others.
  ///
  /// - Returns: nil where there are no such players, and where the budget does not reach.
  /// - Complexity: 30 evaluations to check, and those of 2ᵐ coalitions of *m* other players that are not known yet.
  func find(
    in game: any Game, _ ledger: inout EvaluationLedger
  ) throws -> (finding: StructureFinding?, checked: Coalitions) {
    let n = game.playerCount
    var checked = Coalitions(playerCount: n)
    let nulls = candidates(n, ledger)
    let carrier = (0..<n).filter { !nulls.contains($0) }
    let m = carrier.count
    guard !nulls.isEmpty, (2...Self.mostPlayers).contains(m), 1 << m <= ledger.budget else {
      return (nil, checked)
    }
    let subgame = CarrierGame(game, carrier: carrier)
    var table = Coalitions(playerCount: m)
    for coalition in 0..<1 << m { table.append(CollectionOfOne(UInt64(coalition))) }
    let all = subgame.expanded(table)
    guard ledger.missing(of: all) + 2 * Self.draws <= ledger.left else { return (nil, checked) }

    var generator = SplitMix64(seed: seed)
    for draw in 0..<Self.draws {
      // One of the two coalitions is among those enumerated, its complement is, too.
      let member = subgame.expanded(self.draw(m, draw, using: &generator))
      var pairs = member
      pairs.append(changed(member[0], nulls, using: &generator))
      let complements = pairs.complements
      for index in pairs.indices { checked.append(pairs[index]) }
      for index in complements.indices { pairs.append(complements[index]) }
      guard try ledger.evaluate(pairs) else { return (nil, checked) }
      let values = ledger.columns(of: pairs)
      let isSame = values.indices.allSatisfy { output in
        agreement.agrees(values[output][0], values[output][1], output, ledger)
          && agreement.agrees(values[output][2], values[output][3], output, ledger)
      }
      guard isSame else { return (nil, checked) }
    }
    guard try ledger.evaluate(all) else { return (nil, checked) }
    return (finding(all, carrier, nulls, ledger), checked)
  }

  /// Players of whom ∅ and N tell nothing.
  private func candidates(_ n: Int, _ ledger: EvaluationLedger) -> [Int] {
    var ends = Coalitions(playerCount: n)
    ends.appendEmpty()
    ends.appendGrand()
    let base = ledger.columns(of: ends)
    let singles = Coalitions.singles(playerCount: n)
    let present = ledger.columns(of: singles)
    let absent = ledger.columns(of: singles.complements)
    return (0..<n).filter { player in
      base.indices.allSatisfy { output in
        agreement.agrees(present[output][player], base[output][0], output, ledger)
          && agreement.agrees(absent[output][player], base[output][1], output, ledger)
      }
    }
  }

  /// A coalition of the carrier: by the law of the Shapley kernel and of half the players by turns.
  private func draw(_ m: Int, _ draw: Int, using generator: inout SplitMix64) -> Coalitions {
    var members = Coalitions(playerCount: m)
    members.append(
      draw % 2 == 0
        ? CoalitionLaw.shapleyKernel.draw(playerCount: m, sizes: 1...m - 1, using: &generator)
        : Subsets(size: m / 2, playerCount: m).draw(using: &generator))
    return members
  }

  /// A coalition with other null players in it: each changes sides by the toss of a coin, and at least one does.
  private func changed(
    _ coalition: ArraySlice<UInt64>, _ nulls: [Int], using generator: inout SplitMix64
  ) -> [UInt64] {
    var words = Array(coalition)
    var moved = nulls.filter { _ in generator.next() >> 63 == 1 }
    if moved.isEmpty { moved = [nulls[generator.index(below: nulls.count)]] }
    for player in moved { words[player >> 6] ^= 1 << UInt64(player & 63) }
    return words
  }

  private func finding(
    _ all: Coalitions, _ carrier: [Int], _ nulls: [Int], _ ledger: EvaluationLedger
  ) -> StructureFinding {
    let n = all.playerCount
    let rows = all.indices.map { ledger.row(of: Array(all[$0])) }
    let table = CoalitionTable(playerCount: carrier.count, outputCount: ledger.outputCount) {
      rows[$0][rows[$0].startIndex + $1]
    }
    let values = (0..<ledger.outputCount).map { output in
      var values = [Double](repeating: 0, count: n)
      for (player, value) in zip(carrier, table.shapleyValues(output: output)) {
        values[player] = value
      }
      return values
    }
    return StructureFinding(
      values: values, standardErrors: nil,
      certificate: StructureCertificate(
        structure: .nullPlayers(nulls), freshCoalitions: 2 * Self.draws, draws: Self.draws,
        unchecked: 0, agreement, ledger, playerCount: n),
      freshPairs: Coalitions(playerCount: n))
  }
}

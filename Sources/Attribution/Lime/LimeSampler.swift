/// The coalitions that the Python package `lime` draws around the grand coalition.
///
/// Row 0 is the grand coalition. For the others, first all numbers of absent players are drawn, uniform in 1...*n*,
/// and then for each row which players those are: the first entries of a shuffled list of all players.
package struct LimeSampler: Sendable {
  /// The number of players *n*, at least 1.
  package let playerCount: Int
  /// The number of rows, at least 1.
  package let samples: Int

  /// Makes a sampler.
  package init(playerCount: Int, samples: Int) {
    precondition(playerCount >= 1 && samples >= 1)
    self.playerCount = playerCount
    self.samples = samples
  }

  /// Draws all rows.
  ///
  /// - Complexity: O(*m* *n*) arithmetic.
  package func draw(seed: UInt64) -> Coalitions {
    var twister = MersenneTwister(seed: seed)
    let largest = UInt32(playerCount - 1)
    let absentCounts = (1..<samples).map { _ in 1 + Int(twister.integer(upTo: largest)) }

    var rows = Coalitions(playerCount: playerCount)
    rows.reserveCapacity(samples)
    rows.appendGrand()
    let identity = (0..<UInt32(playerCount)).map { $0 }
    var order = identity
    var partners = identity
    var row = [UInt64](repeating: 0, count: rows.wordsPerCoalition)
    for absentCount in absentCounts {
      twister.drawShufflePartners(&partners)
      order = identity
      for word in row.indices { row[word] = 0 }
      // The shuffle runs from the last position down, and the first `absentCount` are absent as a set: how those
      // are exchanged among each other does not matter.
      for position in stride(from: playerCount - 1, through: absentCount, by: -1) {
        let partner = Int(partners[position])
        let player = order[partner]
        order[partner] = order[position]
        row[Int(player >> 6)] |= 1 << UInt64(player & 63)
      }
      rows.append(row)
    }
    return rows
  }
}

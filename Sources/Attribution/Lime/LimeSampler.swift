/// The coalitions that the Python package `lime` draws around the grand coalition.
///
/// Row 0 is the grand coalition. For the others, first all numbers of absent players are drawn,
/// uniform in 1...*n*, and then for each row which players those are: the first entries of a
/// shuffled list of all players.
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
      shuffle(&order, from: identity, partners, absentCount: absentCount, present: &row)
      rows.append(row)
    }
    return rows
  }

  /// Shuffles `identity` into `order` down to position `absentCount`, and sets the bits of the
  /// players from there on.
  ///
  /// The first `absentCount` players are absent as a set: how they are exchanged among each other
  /// does not matter.
  private func shuffle(
    _ order: inout [UInt32], from identity: [UInt32], _ partners: [UInt32], absentCount: Int,
    present: inout [UInt64]
  ) {
    // Positions are below `playerCount`, the length of `order` and `partners`, and so are partners,
    // which are at most their position; players are below it too, so that their word is within
    // `present`.
    order.withUnsafeMutableBufferPointer { order in
      partners.withUnsafeBufferPointer { partners in
        present.withUnsafeMutableBufferPointer { present in
          _ = order.update(fromContentsOf: identity)
          present.update(repeating: 0)
          var position = playerCount &- 1
          while position >= absentCount {
            let partner = Int(partners[position])
            let player = order[partner]
            order[partner] = order[position]
            present[Int(player &>> 6)] |= 1 &<< UInt64(player & 63)
            position &-= 1
          }
        }
      }
    }
  }
}

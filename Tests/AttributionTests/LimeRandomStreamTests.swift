import Attribution
import Testing

@Suite("LIME's random stream")
struct LimeRandomStreamTests {
  @Test("words equal those of numpy's RandomState, also for seeds of 64 bits")
  func words() {
    #expect(LimeFixture.recorded.words.map(\.seed).contains { $0 > UInt64(UInt32.max) })
    for recorded in LimeFixture.recorded.words {
      var twister = MersenneTwister(seed: recorded.seed)
      let stream = (0..<2000).map { _ in twister.next() }
      #expect(recorded.positions.map { stream[$0] } == recorded.words, "seed \(recorded.seed)")
    }
  }

  @Test("rows equal those drawn by numpy", arguments: LimeFixture.recorded.draws)
  func rows(_ recorded: LimeFixture.Draws) {
    let rows = LimeSampler(playerCount: recorded.players, samples: recorded.samples)
      .draw(seed: recorded.seed)
    #expect(rows.hexadecimal == recorded.rows)
  }

  @Test("sizes are uniform in 0..<n and players equally likely", arguments: [5, 33, 70])
  func distribution(playerCount: Int) {
    let samples = 20_001
    let rows = LimeSampler(playerCount: playerCount, samples: samples).draw(seed: 11)
    #expect(rows.size(of: 0) == playerCount)
    var sizes = [Int](repeating: 0, count: playerCount + 1)
    for row in 1..<samples { sizes[rows.size(of: row)] += 1 }
    #expect(sizes[playerCount] == 0)
    let expected = Double(samples - 1) / Double(playerCount)
    for count in sizes.dropLast() {
      #expect(abs(Double(count) - expected) < 5 * expected.squareRoot())
    }
    // A player is present with probability (n − 1) / 2n.
    let present = Double((samples - 1) * (playerCount - 1)) / Double(2 * playerCount)
    for player in 0..<playerCount {
      let count = (1..<samples).count { rows.contains(player, in: $0) }
      #expect(abs(Double(count) - present) < 5 * (Double(samples) / 4).squareRoot())
    }
  }
}

import Attribution
import Testing
import _TestSupport

@Suite("Flip search") struct FlipSearchTests {
  /// Whether the value, positive for N, is no longer so.
  private func search(_ game: any Game, limit: Int = 4096) -> FlipSearch {
    FlipSearch(game, limit: limit) { ($0.first ?? 0) <= 0 }
  }

  /// A random game of which N is positive.
  private func random(_ n: Int, seed: UInt64, bias: Double) -> TableGame {
    let all = (1 << n) - 1
    return TableGame(randomFor: n, seed: seed).map { coalition, row in
      row.map { coalition == all ? 1 : $0 + bias }
    }
  }

  private func turns(_ game: TableGame, without players: some Sequence<Int>) -> Bool {
    let removed = players.reduce(0) { $0 | 1 << $1 }
    return game.table[((1 << game.playerCount) - 1) & ~removed] <= 0
  }

  /// The size of the smallest set that turns, over all sets.
  private func smallest(_ game: TableGame) -> Int? {
    (1..<1 << game.playerCount).filter { removed in
      turns(game, without: (0..<game.playerCount).filter { removed >> $0 & 1 == 1 })
    }.map(\.nonzeroBitCount).min()
  }

  @Test("within the limit the set is the smallest of all", arguments: 1...7)
  func bruteForce(n: Int) throws {
    var sizes: Set<Int?> = []
    for seed in 0..<20 as Range<UInt64> {
      let game = random(n, seed: seed, bias: [0, 0.7, 0.9, 0.97][Int(seed % 4)])
      let expected = smallest(game)
      sizes.insert(expected)
      switch try search(game).outcome(along: Array(0..<n)) {
      case .found(let players, let minimality):
        #expect(minimality == .smallest)
        #expect(players.count == expected)
        #expect(players == players.sorted())
        #expect(turns(game, without: players))
      case .impossible: #expect(expected == nil)
      case .notFound: Issue.record("everything was tried")
      }
    }
    #expect(sizes.count > 1)
  }

  @Test("beyond the limit no player of the set can be put back alone", arguments: 3...9)
  func irreducible(n: Int) throws {
    var irreducible = 0
    for seed in 0..<40 as Range<UInt64> {
      let game = random(n, seed: seed, bias: 0.8)
      guard
        case .found(let players, let minimality) = try search(game, limit: n).outcome(
          along: Array(0..<n))
      else { continue }
      #expect(turns(game, without: players))
      if minimality == .smallest {
        #expect(players.count == smallest(game))
        continue
      }
      irreducible += 1
      #expect(players.count > 2)
      for player in players { #expect(!turns(game, without: players.filter { $0 != player })) }
    }
    #expect(n < 5 || irreducible > 0)
  }

  @Test("a worked game: the ranking's way is longer than the smallest set")
  func worked() throws {
    // Without 2 and 3 together it turns, or without 0, 1 and 4 together.
    let game = ClosureGame("worked", playerCount: 5) { members in
      (members[2] || members[3]) && (members[0] || members[1] || members[4]) ? 1 : 0
    }
    let order = [0, 3, 1, 4, 2]
    #expect(try search(game).outcome(along: order) == .found(players: [2, 3], .smallest))
    // Sizes of 1 alone fit: what putting back leaves of 0, 3, 1, 4 is 0, 1 and 4.
    #expect(
      try search(game, limit: 5).outcome(along: order) == .found(players: [0, 1, 4], .irreducible))
  }

  @Test("of smallest sets the one whose players rank first is taken")
  func ties() throws {
    let game = ClosureGame("any one", playerCount: 4) { $0.count == 4 ? 1 : 0 }
    #expect(try search(game).outcome(along: [2, 0, 1, 3]) == .found(players: [2], .smallest))
    // The way turns it after three; of the two pairs that do, 3 ranks before 4.
    let pairs = ClosureGame("pairs", playerCount: 5) { members in
      let gone = Set(0..<5).subtracting(members.players)
      return gone == [1, 4] || gone == [1, 3] || gone == [0, 1, 2] ? 0 : 1
    }
    #expect(
      try search(pairs).outcome(along: [0, 2, 1, 3, 4]) == .found(players: [1, 3], .smallest))
  }

  @Test("what never turns is impossible where all was tried, and else not found")
  func never() throws {
    let game = ClosureGame("constant", playerCount: 6) { _ in 1 }
    #expect(try search(game).outcome(along: Array(0..<6)) == .impossible)
    #expect(try search(game, limit: 61).outcome(along: Array(0..<6)) == .notFound)
    #expect(try search(game, limit: 62).outcome(along: Array(0..<6)) == .impossible)
    let one = ClosureGame("one", playerCount: 1) { _ in 1 }
    #expect(try search(one, limit: 0).outcome(along: [0]) == .impossible)
  }

  @Test("a set off the ranking's way is found")
  func offTheWay() throws {
    // Without 1 alone it turns, and never when more are gone.
    let game = ClosureGame("off", playerCount: 4) { $0.count == 3 && !$0[1] ? 0 : 1 }
    #expect(try search(game).outcome(along: [0, 1, 2, 3]) == .found(players: [1], .smallest))
  }

  @Test("the limit bounds the evaluations")
  func cost() throws {
    let game = ClosureGame("constant", playerCount: 40) { _ in 1 }
    _ = try search(game, limit: 1000).outcome(along: Array(0..<40))
    // 40 on the way, and sizes 1 and 2; the first of the way is the first of size 1, the second of size 2.
    #expect(game.distinctEvaluations == 40 + 40 + 780 - 2)
  }
}

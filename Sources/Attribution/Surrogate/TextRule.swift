/// Whether some words of a text are all present, two of them perhaps near each other once absent ones are deleted.
package struct TextRule: Hashable, Sendable {
  /// Ascending.
  package let players: [Int]
  /// The two that must be near; nil for none.
  package let near: Near?

  /// Two players with fewer than `reach` others present between them.
  package struct Near: Hashable, Sendable {
    /// The largest reach.
    package static let most = 3

    package let first: Int
    package let second: Int
    package let reach: Int
  }

  package init(_ players: [Int], near: Near? = nil) {
    self.players = players
    self.near = near
  }

  /// The rule that wants `player`, too.
  package func with(_ player: Int) -> TextRule {
    TextRule((players + [player]).sorted(), near: near)
  }

  /// The rule of two players that wants them so near.
  package func near(reach: Int) -> TextRule {
    TextRule(players, near: Near(first: players[0], second: players[1], reach: reach))
  }

  package func holds(for coalition: ArraySlice<UInt64>) -> Bool {
    players.allSatisfy { coalition.contains(player: $0) } && near?.holds(for: coalition) ?? true
  }

  /// The players between the two that must be near.
  package var between: [Int] { near.map { Array($0.first + 1..<$0.second) } ?? [] }
}

extension TextRule.Near {
  /// Whether few enough are between, for a coalition with both.
  func holds(for coalition: ArraySlice<UInt64>) -> Bool {
    var between = 0
    for player in first + 1..<second where coalition.contains(player: player) {
      between += 1
      if between >= reach { return false }
    }
    return true
  }
}

extension ArraySlice<UInt64> {
  fileprivate func contains(player: Int) -> Bool {
    self[startIndex + player >> 6] >> UInt64(player & 63) & 1 == 1
  }
}

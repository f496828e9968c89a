import ExplanationModel

/// What players are called: by their texts, and by a number behind where several have the same, as `bad (2)`.
struct PlayerNames {
  /// By players: which of those with the same text it is, from 1 on; none where it is the only one.
  private let numbers: [Int: Int]

  /// - Complexity: O(*n*) in the players.
  init(_ explanation: Explanation) {
    var playersOfText: [String: [Int]] = [:]
    for attribution in explanation.attributions {
      playersOfText[attribution.text, default: []].append(attribution.player)
    }
    var numbers: [Int: Int] = [:]
    for players in playersOfText.values where players.count > 1 {
      for (index, player) in players.sorted().enumerated() { numbers[player] = index + 1 }
    }
    self.numbers = numbers
  }

  /// What stands behind the text of a player, never at the beginning of a line; empty for most.
  func suffix(of player: Int) -> [Glyph] {
    [Glyph](numbers[player].map { " (\($0))" } ?? "", style: .dim).map {
      var glyph = $0
      glyph.breakBefore = .never
      return glyph
    }
  }
}

import ExplanationModel

/// What one method gives to the tokens of a row.
struct TableCell {
  let value: Double
  let standardError: Double?
  /// The tokens that share the value, where they are more than the row's or more than one: shown as `×k`.
  let count: Int
}

/// Looks up what one method gives to tokens, whatever its players are.
struct TableCells {
  private let attributions: [Attribution]
  private let playerOfToken: [Int: Int]

  init(_ explanation: Explanation) {
    attributions = explanation.attributions
    var players: [Int: Int] = [:]
    for (player, attribution) in attributions.enumerated() {
      for token in attribution.tokens { players[token] = player }
    }
    playerOfToken = players
  }

  /// The value of the player that holds the tokens, or the sum of the players that share them.
  ///
  /// A type's occurrences are such players. Their standard errors do not add up without their covariances and are left out then.
  func cell(for tokens: [Int]) -> TableCell? {
    var players: [Int] = []
    for token in tokens {
      if let player = playerOfToken[token], !players.contains(player) { players.append(player) }
    }
    guard let first = players.first else { return nil }
    guard players.count == 1 else {
      let sum = players.reduce(0) { $0 + attributions[$1].value }
      return TableCell(value: sum, standardError: nil, count: 1)
    }
    let player = attributions[first]
    return TableCell(
      value: player.value, standardError: player.standardError, count: player.tokens.count)
  }
}

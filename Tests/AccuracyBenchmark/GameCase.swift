import Attribution

/// A game with all that is known of it.
struct GameCase: Sendable {
  let game: BenchmarkGame
  let playerCount: Int
  let fingerprint: String
  let reference: Reference

  /// Works out, or looks up, what is known of a game.
  init(_ game: BenchmarkGame, scratch: Scratch<Reference>) throws {
    self.game = game
    let (made, shapleyValues) = try game.make()
    playerCount = made.playerCount
    fingerprint = try BenchmarkGame.fingerprint(of: made)
    let key = "\(fingerprint) \(Plan.referenceBudget)"
    if let known = scratch[key] {
      reference = known
    } else {
      reference = try Reference(
        of: made, shapleyValues: shapleyValues, budget: Plan.referenceBudget)
      try scratch.keep(reference, for: key)
    }
  }
}

/// Evaluates coalitions as they come, in batches, and keeps nothing of them but their values.
///
/// Memory for coalitions stays at one batch, however many there are.
struct EvaluationStream {
  /// The values so far, row-major; complete after ``finish()``.
  private(set) var values: [Double] = []
  private let game: any Game
  private let batchSize: Int
  private var pending: Coalitions

  init(_ game: any Game, batchSize: Int) {
    precondition(batchSize > 0)
    self.game = game
    self.batchSize = batchSize
    pending = Coalitions(playerCount: game.playerCount)
  }

  /// Evaluates a coalition, now or with those that follow.
  mutating func append(_ words: [UInt64]) throws {
    pending.append(words)
    if pending.count == batchSize { try finish() }
  }

  /// Evaluates a coalition's complement.
  mutating func appendComplement(of words: [UInt64]) throws {
    pending.appendComplement(of: words)
    if pending.count == batchSize { try finish() }
  }

  /// Evaluates what is left.
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  mutating func finish() throws {
    guard pending.count > 0 else { return }
    values += try checked(
      game.values(of: pending), of: pending, outputs: game.outputCount)
    pending.removeAll()
  }
}

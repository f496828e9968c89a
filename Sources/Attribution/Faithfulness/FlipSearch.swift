/// The search for few players whose absence turns a decision around.
///
/// First players go along a ranking until the decision turns, then each is put back if the decision
/// stays turned without it. Then all smaller sets are tried, size by size, as far as a limit allows.
public struct FlipSearch {
  /// What is known of a set that turns the decision.
  public enum Minimality: Sendable {
    /// All smaller sets were tried: none turns it.
    case smallest
    /// None of its players can be put back alone; there may be smaller sets.
    case irreducible
  }

  /// What the search found.
  public enum Outcome: Sendable, Equatable {
    /// The players of a set, ascending.
    case found(players: [Int], Minimality)
    /// All sets were tried, and none turns the decision.
    case impossible
    /// No set was found among those that were tried.
    case notFound
  }

  private let game: any Game
  private let limit: Int
  private let isTurned: (ArraySlice<Double>) -> Bool

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - limit: the most sets to try beside those on the ranking's way; a size is tried whole or not
  ///     at all.
  ///   - isTurned: whether a row of the game's values decides otherwise than that of N.
  public init(
    _ game: any Game, limit: Int, isTurned: @escaping (_ row: ArraySlice<Double>) -> Bool
  ) {
    self.game = game
    self.limit = limit
    self.isTurned = isTurned
  }

  /// Searches along `order`, a permutation of the players.
  ///
  /// What the ranking's way leaves is kept unless a smaller set turns the decision; of smaller sets of
  /// one size the one whose players rank first is taken.
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  /// - Complexity: at most *n* + `limit` evaluations, and r(r + 1)/2 for putting back the r players
  ///   of the ranking's way, rarely more than 2r.
  public func outcome(along order: [Int]) throws -> Outcome {
    let candidate = try shortestPrefix(of: order).map(reduced)
    // The way ends without any player.
    let below = candidate?.count ?? order.count
    var left = limit
    for size in stride(from: 1, to: below, by: 1) {
      let subsets = Subsets(size: size, playerCount: order.count)
      guard subsets.count <= Double(left) else {
        return candidate.map { .found(players: $0.sorted(), .irreducible) } ?? .notFound
      }
      left -= Int(subsets.count)
      if let players = try first(of: subsets, along: order) {
        return .found(players: players.sorted(), .smallest)
      }
    }
    return candidate.map { .found(players: $0.sorted(), .smallest) } ?? .impossible
  }

  /// The fewest first players of `order` that turn the decision.
  private func shortestPrefix(of order: [Int]) throws -> [Int]? {
    let prefixes = order.indices.map { order[...$0] }
    return try firstTurned(prefixes).map { Array(order[...$0]) }
  }

  /// Puts back players, the last of the ranking first, until none can be put back.
  private func reduced(_ players: [Int]) throws -> [Int] {
    var players = players
    var position = players.count - 1
    var kept = 0
    while kept < players.count {
      if position < 0 { position = players.count - 1 }
      var fewer = players
      fewer.remove(at: position)
      if !fewer.isEmpty, try firstTurned([fewer[...]]) != nil {
        players = fewer
        kept = 0
      } else {
        kept += 1
      }
      position -= 1
    }
    return players
  }

  private func first(of subsets: Subsets, along order: [Int]) throws -> [Int]? {
    var sets: [ArraySlice<Int>] = []
    subsets.forEach { words in
      sets.append(
        order.indices.filter { words[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }.map { order[$0] }[...])
    }
    return try firstTurned(sets).map { Array(sets[$0]) }
  }

  /// The position of the first set without whose players the decision turns.
  private func firstTurned(_ sets: [ArraySlice<Int>]) throws -> Int? {
    var coalitions = Coalitions(playerCount: game.playerCount)
    coalitions.reserveCapacity(sets.count)
    for set in sets { coalitions.append(without: set) }
    let outputs = game.outputCount
    let rows = try EvaluationBatches.values(
      of: coalitions, in: game, batchSize: EvaluationBatches.defaultSize)
    return sets.indices.first { isTurned(rows[$0 * outputs..<($0 + 1) * outputs]) }
  }
}

/// What a game's value does while the players of a ranking go one after the other, and while they
/// come.
///
/// Comprehensiveness, sufficiency, AOPC and the areas are read off these two curves.
public struct RankingCurves: Sendable, Equatable {
  /// v(N∖top k) for k = 0 … *n*: from v(N) to v(∅).
  public let deletion: [Double]
  /// v(top k) for k = 0 … *n*: from v(∅) to v(N).
  public let insertion: [Double]

  /// The number of players.
  public var playerCount: Int { deletion.count - 1 }

  /// The players by their attributions, the largest signed one first; of equal ones the earlier.
  public static func order(by attributions: [Double]) -> [Int] {
    attributions.indices.sorted {
      attributions[$0] != attributions[$1] ? attributions[$0] > attributions[$1] : $0 < $1
    }
  }

  /// The curves of one output along `order`, a permutation of the players.
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  /// - Complexity: 2*n* evaluations, and *n*²/32 words of memory.
  public init(of game: any Game, output: Int, order: [Int]) throws {
    let n = game.playerCount
    precondition(order.count == n)
    var coalitions = Coalitions(playerCount: n)
    coalitions.reserveCapacity(2 * n + 2)
    var present = [UInt64](repeating: 0, count: coalitions.wordsPerCoalition)
    coalitions.appendComplement(of: present)
    coalitions.append(present)
    for player in order {
      present[player >> 6] |= 1 << UInt64(player & 63)
      coalitions.appendComplement(of: present)
      coalitions.append(present)
    }
    let values = try EvaluationBatches.column(output, of: coalitions, in: game)
    deletion = (0...n).map { values[2 * $0] }
    insertion = (0...n).map { values[2 * $0 + 1] }
  }
}

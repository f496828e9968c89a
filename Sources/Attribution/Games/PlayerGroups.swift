/// A partition of a game's players into groups, as of a text's words into its sentences.
public struct PlayerGroups: Sendable, Equatable {
  /// The players of each group, ascending.
  public let members: [[Int]]
  /// The number of players of all groups together.
  public let playerCount: Int
  /// For each group, the words of ``Coalitions`` in which it has bits.
  private let masks: [[Mask]]

  private struct Mask: Sendable, Equatable {
    let word: Int
    var bits: UInt64
  }

  /// Makes a partition.
  ///
  /// - Precondition: Each of the players 0 ..< *n* is in exactly one group, and no group is empty.
  public init(_ members: [[Int]]) {
    self.members = members.map { $0.sorted() }
    let count = members.reduce(0) { $0 + $1.count }
    playerCount = count
    var isIn = [Bool](repeating: false, count: count)
    masks = self.members.map { group in
      precondition(!group.isEmpty, "a group has a member")
      var masks: [Mask] = []
      for player in group {
        precondition(player >= 0 && player < count && !isIn[player], "a player is in one group")
        isIn[player] = true
        let bit: UInt64 = 1 << UInt64(player & 63)
        if let last = masks.last, last.word == player >> 6 {
          masks[masks.count - 1].bits |= bit
        } else {
          masks.append(Mask(word: player >> 6, bits: bit))
        }
      }
      return masks
    }
  }

  /// The number of groups *G*.
  public var count: Int { members.count }

  /// Makes all members of a group present in a coalition's words.
  func add(_ group: Int, to words: inout [UInt64]) {
    for mask in masks[group] { words[mask.word] |= mask.bits }
  }
}

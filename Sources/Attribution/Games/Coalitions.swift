/// A batch of coalitions, each a set of present players as bits of `UInt64` words.
///
/// Bit `i % 64` of word `i / 64` of a coalition says that player `i` is present. Bits past the last player are
/// zero. Two coalitions are equal exactly when their words are.
public struct Coalitions: Sendable, Equatable {
  /// The number of players.
  public let playerCount: Int
  /// Words a coalition, at least one.
  public let wordsPerCoalition: Int
  /// All coalitions' words, one coalition after the other.
  public private(set) var words: [UInt64] = []

  /// Makes an empty batch for `playerCount` players.
  public init(playerCount: Int) {
    self.playerCount = playerCount
    wordsPerCoalition = Swift.max(1, (playerCount + 63) / 64)
  }

  /// The number of coalitions.
  public var count: Int { words.count / wordsPerCoalition }

  /// The words of coalition `index`.
  public subscript(index: Int) -> ArraySlice<UInt64> {
    words[index * wordsPerCoalition..<(index + 1) * wordsPerCoalition]
  }

  /// Makes room for `count` coalitions.
  public mutating func reserveCapacity(_ count: Int) {
    words.reserveCapacity(count * wordsPerCoalition)
  }

  /// Takes all coalitions out and keeps the memory.
  mutating func removeAll() { words.removeAll(keepingCapacity: true) }

  /// Appends the coalition with the given words.
  ///
  /// - Precondition: `coalition` holds ``wordsPerCoalition`` words, and its bits past the last player are zero.
  public mutating func append(_ coalition: some Collection<UInt64>) {
    precondition(coalition.count == wordsPerCoalition)
    words.append(contentsOf: coalition)
  }

  /// Appends the coalition of no player.
  public mutating func appendEmpty() {
    words.append(contentsOf: repeatElement(0, count: wordsPerCoalition))
  }

  /// Appends the coalition of all players.
  public mutating func appendGrand() {
    for word in 0..<wordsPerCoalition { words.append(lastWordMask(word)) }
  }

  /// Appends the coalition of some players.
  mutating func append(of players: some Sequence<Int>) {
    var words = [UInt64](repeating: 0, count: wordsPerCoalition)
    for player in players { words[player >> 6] |= 1 << UInt64(player & 63) }
    append(words)
  }

  /// Appends the players that are absent from `coalition`.
  public mutating func appendComplement(of coalition: some Sequence<UInt64>) {
    for (index, word) in coalition.enumerated() { words.append(~word & lastWordMask(index)) }
  }

  /// Whether `player` is present in coalition `index`.
  public func contains(_ player: Int, in index: Int) -> Bool {
    words[index * wordsPerCoalition + player >> 6] >> UInt64(player & 63) & 1 == 1
  }

  /// The number of players in coalition `index`.
  public func size(of index: Int) -> Int {
    self[index].reduce(0) { $0 + $1.nonzeroBitCount }
  }

  private func lastWordMask(_ word: Int) -> UInt64 {
    let bits = playerCount - word * 64
    return bits >= 64 ? .max : bits <= 0 ? 0 : (1 << UInt64(bits)) - 1
  }
}

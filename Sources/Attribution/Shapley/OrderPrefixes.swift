/// The coalitions that begin some orders of the players, each pair of complements once.
struct OrderPrefixes {
  /// One coalition of each pair of complements, in the order of first appearance.
  private(set) var distinct: Coalitions
  private let playerCount: Int
  /// For each order and each place but the last, the pair of the prefix that ends there, and
  /// whether the prefix is the complement of the coalition in ``distinct``.
  private var positions: [(pair: Int, isComplement: Bool)] = []

  init(orders: [[Int]], playerCount n: Int) {
    playerCount = n
    distinct = Coalitions(playerCount: n)
    // Only looked up, never gone through: its order is random.
    var known: [[UInt64]: Int] = [:]
    for order in orders {
      var prefix = [UInt64](repeating: 0, count: distinct.wordsPerCoalition)
      for player in order.dropLast() {
        prefix[player >> 6] |= 1 << UInt64(player & 63)
        // Of two complements, the one with player 0.
        let isComplement = prefix[0] & 1 == 0
        var key = Coalitions(playerCount: n)
        if isComplement { key.appendComplement(of: prefix) } else { key.append(prefix) }
        let pair = known[key.words] ?? distinct.count
        if pair == distinct.count {
          known[key.words] = pair
          distinct.append(key.words)
        }
        positions.append((pair, isComplement))
      }
    }
  }

  /// v(S) − v(N∖S) of the prefix S of order `order` that ends at `place`, given the differences of
  /// ``distinct``.
  func difference(_ order: Int, _ place: Int, _ differences: [Double]) -> Double {
    let position = positions[order * (playerCount - 1) + place]
    return position.isComplement ? -differences[position.pair] : differences[position.pair]
  }
}

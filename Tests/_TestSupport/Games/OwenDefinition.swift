import Attribution

/// Owen values of the first output, straight from the definition (G. Owen, 1977): with M the groups,
///
///     φᵢ = Σ_{R ⊆ M∖k} p_{|R|} Σ_{T ⊆ k∖i} p_{|T|} (v(R ∪ T ∪ i) − v(R ∪ T)).
public func owenValues(of game: TableGame, groups: [[Int]]) -> [Double] {
  func value(_ coalition: Int) -> Double { game.table[coalition * game.outputCount] }
  func union(_ sets: [Int], _ chosen: Int) -> Int {
    sets.indices.reduce(0) { chosen >> $1 & 1 == 1 ? $0 | sets[$1] : $0 }
  }
  let masks = groups.map { $0.reduce(0) { $0 | 1 << $1 } }
  let outerWeights = shapleyWeights(playerCount: groups.count)
  var values = [Double](repeating: 0, count: game.playerCount)
  for (index, group) in groups.enumerated() {
    let others = masks.indices.filter { $0 != index }.map { masks[$0] }
    let innerWeights = shapleyWeights(playerCount: group.count)
    for player in group {
      let mates = group.filter { $0 != player }.map { 1 << $0 }
      for outside in 0..<(1 << others.count) {
        for inside in 0..<(1 << mates.count) {
          let before = union(others, outside) | union(mates, inside)
          values[player] +=
            outerWeights[outside.nonzeroBitCount] * innerWeights[inside.nonzeroBitCount]
            * (value(before | 1 << player) - value(before))
        }
      }
    }
  }
  return values
}

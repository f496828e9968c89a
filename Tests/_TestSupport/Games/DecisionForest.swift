import Attribution

/// The sum of binary decision trees that ask of single players whether they are present.
public struct DecisionForest: Sendable {
  private indirect enum Node: Sendable {
    case leaf(Double)
    case split(player: Int, present: Node, absent: Node)
  }

  /// The number of players.
  public let playerCount: Int
  private let trees: [Node]

  /// Random trees, no path of which asks more than `depth` different players.
  public init(
    playerCount: Int, trees: Int, depth: Int, using generator: inout SplitMix64
  ) {
    self.playerCount = playerCount
    var grown: [Node] = []
    for _ in 0..<trees {
      grown.append(
        Self.grow(among: Array(0..<playerCount), depth: depth, using: &generator))
    }
    self.trees = grown
  }

  private static func grow(
    among players: [Int], depth: Int, using generator: inout SplitMix64
  ) -> Node {
    guard depth > 0, !players.isEmpty, generator.unit() < 0.9 else {
      return .leaf(generator.normal())
    }
    let player = players[generator.index(below: players.count)]
    let others = players.filter { $0 != player }
    return .split(
      player: player, present: grow(among: others, depth: depth - 1, using: &generator),
      absent: grow(among: others, depth: depth - 1, using: &generator))
  }

  /// The game with its Shapley values: a leaf's value counts where all players that its path wants
  /// are present and none of those that it does not want is.
  public func game(_ name: String) -> ClosureGame {
    var phi = [Double](repeating: 0, count: playerCount)
    for tree in trees { Self.addValues(of: tree, present: [], absent: [], to: &phi) }
    return ClosureGame(name, playerCount: playerCount, shapleyValues: phi) { members in
      trees.reduce(0) { $0 + Self.value(of: $1, members) }
    }
  }

  private static func value(of node: Node, _ members: Members) -> Double {
    switch node {
    case .leaf(let value): value
    case .split(let player, let present, let absent):
      value(of: members[player] ? present : absent, members)
    }
  }

  private static func addValues(
    of node: Node, present: [Int], absent: [Int], to phi: inout [Double]
  ) {
    switch node {
    case .leaf(let value):
      let choices = binomial(present.count + absent.count, present.count)
      for player in present { phi[player] += value / (Double(present.count) * choices) }
      for player in absent { phi[player] -= value / (Double(absent.count) * choices) }
    case .split(let player, let with, let without):
      addValues(of: with, present: present + [player], absent: absent, to: &phi)
      addValues(of: without, present: present, absent: absent + [player], to: &phi)
    }
  }
}

import Attribution

/// A game made from a function, which counts what it is asked for.
public final class ClosureGame: KnownGame {
  /// What the game is called where a test fails.
  public let name: String
  /// The number of players.
  public let playerCount: Int
  /// The number of outputs.
  public let outputCount: Int
  /// φ of each player as given at the start; empty where they are not known.
  public let shapleyValues: [Double]
  /// The number of distinct coalitions the game was asked for.
  public var distinctEvaluations: Int { seen.count }
  /// The most coalitions it was asked for at once.
  public private(set) var largestBatch = 0

  let function: (Members) -> [Double]
  private var seen: Set<[UInt64]> = []

  /// Makes a game of several outputs.
  public init(
    _ name: String, playerCount: Int, outputCount: Int, function: @escaping (Members) -> [Double]
  ) {
    self.name = name
    self.playerCount = playerCount
    self.outputCount = outputCount
    self.function = function
    shapleyValues = []
  }

  /// Makes a game of one output.
  public init(
    _ name: String, playerCount: Int, shapleyValues: [Double] = [],
    function: @escaping (Members) -> Double
  ) {
    self.name = name
    self.playerCount = playerCount
    self.shapleyValues = shapleyValues
    outputCount = 1
    self.function = { [function($0)] }
  }

  /// The values of coalitions.
  public func values(of coalitions: Coalitions) -> [Double] {
    largestBatch = max(largestBatch, coalitions.count)
    var values: [Double] = []
    for index in 0..<coalitions.count {
      seen.insert(Array(coalitions[index]))
      values += function(Members(coalitions, index))
    }
    return values
  }

  /// Whether the game was asked for the coalition of `players`.
  public func wasAsked(for players: [Int]) -> Bool {
    var words = [UInt64](repeating: 0, count: max(1, (playerCount + 63) / 64))
    for player in players { words[player / 64] |= 1 << UInt64(player % 64) }
    return seen.contains(words)
  }
}

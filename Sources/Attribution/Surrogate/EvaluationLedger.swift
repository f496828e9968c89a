/// The coalitions that a game was asked for, with their values, up to a budget.
struct EvaluationLedger {
  /// The most distinct coalitions.
  let budget: Int
  private let game: any Game
  private let batchSize: Int
  /// In the order in which they were asked for.
  private(set) var coalitions: Coalitions
  private var rows: [[UInt64]: Int] = [:]
  private var values: [Double] = []
  let outputCount: Int

  init(game: any Game, budget: Int, batchSize: Int) {
    self.game = game
    self.budget = budget
    self.batchSize = batchSize
    coalitions = Coalitions(playerCount: game.playerCount)
    outputCount = game.outputCount
  }

  /// The number of distinct coalitions asked for.
  var count: Int { rows.count }

  /// How many more the budget holds.
  var left: Int { budget - count }

  /// How many of some coalitions were not asked for, each counted once.
  func missing(of coalitions: Coalitions) -> Int {
    Set(coalitions.indices.map { Array(coalitions[$0]) }.filter { rows[$0] == nil }).count
  }

  /// Asks for those of `coalitions` that are new; not all are asked for if that exceeds the budget.
  ///
  /// - Returns: Whether the values of all `coalitions` are known now; none is asked for where they would be too many.
  mutating func evaluate(_ coalitions: Coalitions) throws -> Bool {
    var new = Coalitions(playerCount: coalitions.playerCount)
    var seen = Set<[UInt64]>()
    for index in coalitions.indices {
      let words = Array(coalitions[index])
      if rows[words] == nil, seen.insert(words).inserted { new.append(words) }
    }
    guard new.count <= left else { return false }
    values += try EvaluationBatches.values(of: new, in: game, batchSize: batchSize)
    for index in new.indices {
      rows[Array(new[index])] = rows.count
      self.coalitions.append(new[index])
    }
    return true
  }

  /// The values of a coalition that was asked for, one an output.
  ///
  /// - Precondition: It was asked for.
  func row(of coalition: [UInt64]) -> ArraySlice<Double> {
    guard let row = rows[coalition] else { preconditionFailure("a coalition that was evaluated") }
    return values[row * outputCount..<(row + 1) * outputCount]
  }

  /// The values of each output at coalitions that were asked for.
  func columns(of coalitions: Coalitions) -> [[Double]] {
    var columns = [[Double]](repeating: [], count: outputCount)
    for index in coalitions.indices {
      for (output, value) in row(of: Array(coalitions[index])).enumerated() {
        columns[output].append(value)
      }
    }
    return columns
  }

  /// The smallest and the largest value of an output so far.
  func range(of output: Int) -> ClosedRange<Double> {
    let column = stride(from: output, to: values.count, by: outputCount).lazy.map { values[$0] }
    guard let low = column.min(), let high = column.max() else { return 0...0 }
    return low...high
  }
}

extension Coalitions {
  /// The positions of the coalitions.
  package var indices: Range<Int> { 0..<count }

  /// All coalitions' complements.
  var complements: Coalitions {
    var complements = Coalitions(playerCount: playerCount)
    complements.reserveCapacity(count)
    for index in indices { complements.appendComplement(of: self[index]) }
    return complements
  }

  /// The coalitions of one player each.
  static func singles(playerCount: Int) -> Coalitions {
    var singles = Coalitions(playerCount: playerCount)
    for player in 0..<playerCount { singles.append(of: CollectionOfOne(player)) }
    return singles
  }
}

/// The values of pairs of complementary coalitions, and of ∅ and N.
struct PairValues {
  /// v(∅) of each output.
  let emptyValues: [Double]
  /// v(N) of each output.
  let grandValues: [Double]
  /// v(S) − v(N∖S) of each output, and in it of each pair.
  let differences: [[Double]]
  /// (v(S) + v(N∖S)) / 2 of each output, and in it of each pair; (∅, N) is the last.
  let pool: PairPool

  /// Evaluates ∅, N, and both coalitions of each pair, of which one is given.
  init(of pairs: Coalitions, in game: any Game, batchSize: Int) throws {
    var coalitions = Coalitions(playerCount: pairs.playerCount)
    coalitions.reserveCapacity(2 + 2 * pairs.count)
    coalitions.appendEmpty()
    coalitions.appendGrand()
    for index in 0..<pairs.count {
      coalitions.append(pairs[index])
      coalitions.appendComplement(of: pairs[index])
    }
    let values = try EvaluationBatches.values(of: coalitions, in: game, batchSize: batchSize)
    let outputs = game.outputCount
    emptyValues = Array(values[..<outputs])
    grandValues = Array(values[outputs..<(2 * outputs)])
    differences = (0..<outputs).map { output in
      (0..<pairs.count).map { pair in
        values[(2 + 2 * pair) * outputs + output] - values[(3 + 2 * pair) * outputs + output]
      }
    }
    var all = pairs
    all.appendGrand()
    pool = PairPool(
      coalitions: all,
      evenParts: (0..<outputs).map { output in
        (Array(1..<pairs.count + 1) + [0]).map { pair in
          (values[2 * pair * outputs + output] + values[(2 * pair + 1) * outputs + output]) / 2
        }
      })
  }
}

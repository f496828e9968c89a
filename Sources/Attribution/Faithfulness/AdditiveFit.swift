/// How well an additive model tells a game's values on weighted coalitions.
///
/// With the model that equals the game at N and coalitions by the Shapley kernel's law, the mean
/// squared error is the infidelity E[(Iᵀφ − (v(N) − v(N∖I)))²] of C.-K. Yeh and others: "On the
/// (in)fidelity and sensitivity of explanations", NeurIPS 2019, definition 2.1, where I are the
/// players that are taken out.
public struct AdditiveFit: Sendable, Equatable {
  /// The mean of (v(S) − g(S))².
  public let meanSquaredError: Double
  /// The variance of v(S).
  public let variance: Double
  /// What rounding may make of either where it should be 0.
  private let noise: Double

  /// Compares one output of `game` with `model` on coalitions of positive `weights`.
  ///
  /// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game
  ///   throws.
  /// - Complexity: an evaluation a coalition.
  public init(
    of model: AdditiveModel, to game: any Game, output: Int, on coalitions: Coalitions,
    weights: [Double]
  ) throws {
    precondition(coalitions.count > 0 && weights.count == coalitions.count)
    let values = try EvaluationBatches.column(output, of: coalitions, in: game)
    let weight = pairwiseSum(weights)
    func mean(_ term: (Int) -> Double) -> Double {
      pairwiseSum(values.indices.map { weights[$0] * term($0) }) / weight
    }
    let center = mean { values[$0] }
    variance = mean { index in
      let deviation = values[index] - center
      return deviation * deviation
    }
    meanSquaredError = mean { index in
      let error = values[index] - model.value(of: coalitions, index)
      return error * error
    }
    let largest = 1e-12 * values.reduce(1) { max($0, $1.magnitude) }
    noise = largest * largest
  }

  /// The mean squared error over the variance, 1 − R².
  ///
  /// 0 where neither is more than rounding, as for a constant that the model knows; `nil` where a
  /// constant is mistaken.
  public var errorRatio: Double? {
    if variance > noise { return meanSquaredError / variance }
    return meanSquaredError <= noise ? 0 : nil
  }

  /// The share of the variance that the model explains; at most 1, below 0 where the mean would do
  /// better.
  public var rSquared: Double? { errorRatio.map { 1 - $0 } }
}

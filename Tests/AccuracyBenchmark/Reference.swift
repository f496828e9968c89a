import Attribution

/// What estimates are compared with.
struct Reference: Codable, Sendable {
  /// The Shapley values.
  let values: [Double]
  /// The expected squared error of the values, relative to their squared norm; 0 where they are exact.
  let squaredError: Double

  /// Values in closed form, by enumeration where there are few players, and elsewhere by a long run
  /// of the paired regression, whose standard errors tell its error.
  init(
    of game: any Game, shapleyValues: (() -> [Double])?, budget: Int
  ) throws {
    if let shapleyValues {
      values = shapleyValues()
      squaredError = 0
    } else if game.playerCount <= 16 {
      values = try ExactShapley().values(of: game).values[0]
      squaredError = 0
    } else {
      let result = try KernelShapley(budget: budget, seed: 0x5EED).values(of: game)
      values = result.values[0]
      let squares = result.standardErrors?[0].reduce(0) { $0 + $1 * $1 } ?? .infinity
      squaredError = squares / squaredNorm(values)
    }
  }

  /// |φ̂ − φ|² / |φ|².
  func error(of estimates: [Double]) -> Double {
    squaredNorm(zip(estimates, values).map { $0 - $1 }) / squaredNorm(values)
  }

  /// How many of the values are within 1.96 standard errors of the estimates, and how many of the strongest fifth.
  func coverage(
    _ estimates: [Double], _ standardErrors: [Double]
  ) -> (all: Coverage, strongest: Coverage) {
    // What the reference itself may be off by counts for the estimate.
    let norm = squaredNorm(values).squareRoot()
    let share = (squaredError / Double(values.count)).squareRoot()
    let allowance = (1e-9 + 1.96 * share) * norm
    let strongestFirst = values.indices.sorted { abs(values[$0]) > abs(values[$1]) }
    var (all, strongest) = (Coverage(), Coverage())
    for (rank, index) in strongestFirst.enumerated() {
      let isWithin =
        abs(estimates[index] - values[index]) <= 1.96 * standardErrors[index] + allowance
      all.add(isWithin)
      if 5 * rank < values.count { strongest.add(isWithin) }
    }
    return (all, strongest)
  }
}

/// Σ xᵢ².
func squaredNorm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 } }

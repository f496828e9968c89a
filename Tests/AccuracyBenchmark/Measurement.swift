import Attribution

/// One run of an estimator on a game.
struct Measurement: Sendable {
  let family: GameFamily
  let size: SizeClass
  let estimator: String
  /// Evaluations for each player.
  let multiple: Int
  /// The squared error relative to the squared norm; nil where there is a reason.
  let error: Double?
  /// Why there is no answer.
  let reason: String?
  /// How many of the players' values are within 1.96 standard errors, where those are stated.
  let covered: (within: Int, of: Int)?

  /// Measures the answer of an estimator, or takes the reason why there is none.
  init(
    _ game: GameCase, estimator: String, multiple: Int, values: [Double]?,
    standardErrors: [Double]? = nil, evaluations: Int, reason: String? = nil
  ) {
    family = game.game.family
    size = game.game.size
    self.estimator = estimator
    self.multiple = multiple
    let budget = multiple * game.playerCount
    let isOver = evaluations > budget
    self.reason =
      isOver ? "evaluates more than the budget (\(evaluations) of \(budget))" : reason
    error = isOver ? nil : values.map { game.reference.error(of: $0) }
    guard let values, let standardErrors, !isOver else {
      covered = nil
      return
    }
    // What the reference itself may be off by counts for the estimate.
    let norm = squaredNorm(game.reference.values).squareRoot()
    let share = (game.reference.squaredError / Double(values.count)).squareRoot()
    let allowance = (1e-9 + 1.96 * share) * norm
    covered = (
      values.indices.count {
        abs(values[$0] - game.reference.values[$0]) <= 1.96 * standardErrors[$0] + allowance
      }, values.count
    )
  }
}

extension OwnEstimator {
  /// All runs of an estimator on a game.
  func measure(_ game: GameCase, seeds: Int) throws -> [Measurement] {
    let made = try game.game.make().game
    var measurements: [Measurement] = []
    for multiple in Plan.multiples {
      for seed in 1...seeds {
        let budget = multiple * game.playerCount
        do {
          let result = try make(budget, UInt64(seed)).values(of: made)
          measurements.append(
            Measurement(
              game, estimator: name, multiple: multiple, values: result.values[0],
              standardErrors: result.standardErrors?[0], evaluations: result.evaluations))
        } catch let error as ShapleyError {
          measurements.append(
            Measurement(
              game, estimator: name, multiple: multiple, values: nil, evaluations: 0,
              reason: reason(error)))
        }
      }
    }
    return measurements
  }

  private func reason(_ error: ShapleyError) -> String {
    if case .budgetBelowMinimum(_, _, _, _) = error { return "refuses budgets below its minimum" }
    return error.message
  }
}

import Attribution

/// One run of an estimator on a game.
struct Measurement: Sendable {
  enum Outcome: Sendable {
    /// The squared error relative to the squared norm.
    case error(Double)
    /// Why there is no answer.
    case reason(String)

    var error: Double? { if case .error(let error) = self { error } else { nil } }
    var reason: String? { if case .reason(let reason) = self { reason } else { nil } }
  }

  let family: GameFamily
  let size: SizeClass
  let estimator: String
  /// Evaluations for each player.
  let multiple: Int
  let outcome: Outcome
  /// How many of the players' values are within 1.96 standard errors, where those are stated.
  let coverage: (all: Coverage, strongest: Coverage)?

  var error: Double? { outcome.error }
  var reason: String? { outcome.reason }

  init(
    _ game: GameCase, estimator: String, multiple: Int, outcome: Outcome,
    coverage: (all: Coverage, strongest: Coverage)? = nil
  ) {
    family = game.game.family
    size = game.game.size
    self.estimator = estimator
    self.multiple = multiple
    self.outcome = outcome
    self.coverage = coverage
  }
}

extension Measurement.Outcome {
  /// The error of an answer, if it took no more evaluations than the budget.
  init(_ values: [Double], of game: GameCase, evaluations: Int, multiple: Int) {
    self =
      evaluations > multiple * game.playerCount
      ? .reason("evaluates more than the budget") : .error(game.reference.error(of: values))
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
          let values = result.values[0]
          let outcome = Measurement.Outcome(
            values, of: game, evaluations: result.evaluations, multiple: multiple)
          measurements.append(
            Measurement(
              game, estimator: name, multiple: multiple, outcome: outcome,
              coverage: outcome.error == nil
                ? nil : result.standardErrors.map { game.reference.coverage(values, $0[0]) }))
        } catch let error as ShapleyError {
          measurements.append(
            Measurement(
              game, estimator: name, multiple: multiple, outcome: .reason(reason(error))))
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

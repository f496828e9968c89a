extension Lime {
  /// The ridge penalty of the surrogate.
  private static let penalty = 1.0
  /// The ridge penalty of the regression that `highest` ranks players by.
  private static let rankingPenalty = 0.01

  /// Surrogates of targets that are not constant, with `features` of the players that are the
  /// columns of `ridge`.
  func surrogates(
    _ targets: [[Double]], _ features: Int, _ selection: LimeSelection, _ ridge: WeightedRidge
  ) throws(LimeError) -> [LimeSurrogate] {
    let playerCount = ridge.design.columnCount
    var choices: [[Int]] = []
    switch selection {
    case .auto, .none:
      let all = Array(0..<playerCount)
      var surrogates: [LimeSurrogate] = []
      for (target, fit) in zip(targets, try ridge.fit(targets, penalty: Self.penalty)) {
        surrogates.append(
          LimeSurrogate(fit, ridge, target: target, columns: all, playerCount: playerCount))
      }
      return surrogates
    case .forward:
      for target in targets {
        choices.append(ForwardSelection(ridge, target: target, count: features).selected)
      }
    case .lasso:
      for target in targets {
        choices.append(LassoPath(ridge, target: target).support(ofAtMost: features))
      }
    case .highest:
      for fit in try ridge.fit(targets, penalty: Self.rankingPenalty) {
        choices.append(largest(features, of: fit.coefficients))
      }
    }
    var surrogates: [LimeSurrogate] = []
    for (target, choice) in zip(targets, choices) {
      let columns = choice.sorted()
      let design = PresenceMatrix(ridge.design, columns: columns)
      let reduced = WeightedRidge(design: design, weights: ridge.weights)
      for fit in try reduced.fit([target], penalty: Self.penalty) {
        surrogates.append(
          LimeSurrogate(fit, reduced, target: target, columns: columns, playerCount: playerCount))
      }
    }
    return surrogates
  }

  /// The positions of the `count` largest magnitudes, the first of equals.
  private func largest(_ count: Int, of coefficients: [Double]) -> [Int] {
    let order = coefficients.indices.sorted {
      let (left, right) = (abs(coefficients[$0]), abs(coefficients[$1]))
      return left == right ? $0 < $1 : left > right
    }
    return Array(order.prefix(count))
  }
}

extension LimeSurrogate {
  /// The surrogate of an output that is `value` everywhere.
  init(constant value: Double, playerCount: Int, selected: [Int]) {
    self.init(
      coefficients: Array(repeating: 0, count: playerCount), selected: selected,
      intercept: value, localPrediction: value, fidelity: 1, isConstant: true)
  }

  /// The surrogate made of a regression on the players `columns`.
  fileprivate init(
    _ fit: WeightedRidge.Fit, _ ridge: WeightedRidge, target: [Double], columns: [Int],
    playerCount: Int
  ) {
    var coefficients = [Double](repeating: 0, count: playerCount)
    var prediction = fit.intercept
    for (column, coefficient) in zip(columns, fit.coefficients) {
      coefficients[column] = coefficient
      prediction += coefficient
    }
    self.init(
      coefficients: coefficients, selected: columns, intercept: fit.intercept,
      localPrediction: prediction, fidelity: ridge.fidelity(of: fit, to: target),
      isConstant: false)
  }
}

import Attribution
import Foundation

/// One hidden layer of tanh units and a logistic output over sparse vectors.
struct TrainedNetwork: Sendable {
  /// A vector and the answer it should get.
  typealias Example = (input: [TfIdf.Entry], isPositive: Bool)

  private static let hidden = 16
  private static let steps = 300
  private static let rate = 0.02
  /// The factor of half the squared norm of all parameters in the loss.
  private static let decay = 1e-3

  /// The weights of each input to the units, the units' biases, the output's weights and its bias.
  private var parameters: [Double]
  private let inputs: Int

  private var biases: Int { inputs * Self.hidden }
  private var outputs: Int { biases + Self.hidden }
  private var outputBias: Int { outputs + Self.hidden }

  /// Trains a network with all examples in each step; equal examples give equal networks.
  init(_ examples: [Example], inputs: Int) {
    self.inputs = inputs
    parameters = []
    // X. Glorot, Y. Bengio: "Understanding the difficulty of training deep feedforward neural
    // networks", AISTATS 2010, equation 16.
    var generator = SplitMix64(seed: 0x7261_696E)
    func weights(_ count: Int, _ units: Int) -> [Double] {
      let bound = (6 / Double(units)).squareRoot()
      return (0..<count).map { _ in bound * (2 * generator.unit() - 1) }
    }
    parameters += weights(inputs * Self.hidden, inputs + Self.hidden)
    parameters += [Double](repeating: 0, count: Self.hidden)
    parameters += weights(Self.hidden, Self.hidden + 1)
    parameters.append(0)
    var adam = Adam(rate: Self.rate, count: parameters.count)
    for _ in 0..<Self.steps { adam.step(&parameters, gradient: gradient(examples)) }
  }

  /// The probability of "positive".
  func probability(_ input: [TfIdf.Entry]) -> Double { probability(units: units(input)) }

  private func units(_ input: [TfIdf.Entry]) -> [Double] {
    var sums = Array(parameters[biases..<outputs])
    for (word, value) in input {
      for unit in sums.indices { sums[unit] += parameters[word * Self.hidden + unit] * value }
    }
    return sums.map(tanh)
  }

  private func probability(units: [Double]) -> Double {
    var score = parameters[outputBias]
    for unit in units.indices { score += parameters[outputs + unit] * units[unit] }
    return 1 / (1 + exp(-score))
  }

  /// The gradient of the mean cross-entropy and the decay.
  private func gradient(_ examples: [Example]) -> [Double] {
    var gradient = parameters.map { $0 * Self.decay }
    for (input, isPositive) in examples {
      let units = units(input)
      let slope = (probability(units: units) - (isPositive ? 1 : 0)) / Double(examples.count)
      gradient[outputBias] += slope
      for unit in units.indices {
        gradient[outputs + unit] += slope * units[unit]
        let inner = slope * parameters[outputs + unit] * (1 - units[unit] * units[unit])
        gradient[biases + unit] += inner
        for (word, value) in input { gradient[word * Self.hidden + unit] += inner * value }
      }
    }
    return gradient
  }
}

/// Gradient descent with a step size for each parameter.
///
/// D. P. Kingma, J. Ba: "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1 with the
/// decay rates and ε that it suggests.
private struct Adam {
  private let rate: Double
  private var means: [Double]
  private var squares: [Double]
  private var powers = (mean: 1.0, square: 1.0)

  init(rate: Double, count: Int) {
    self.rate = rate
    means = [Double](repeating: 0, count: count)
    squares = means
  }

  mutating func step(_ parameters: inout [Double], gradient: [Double]) {
    powers.mean *= 0.9
    powers.square *= 0.999
    for index in parameters.indices {
      means[index] = 0.9 * means[index] + 0.1 * gradient[index]
      squares[index] = 0.999 * squares[index] + 0.001 * gradient[index] * gradient[index]
      parameters[index] -=
        rate * means[index] / (1 - powers.mean)
        / ((squares[index] / (1 - powers.square)).squareRoot() + 1e-8)
    }
  }
}

import Attribution
import Foundation

/// Games of small random networks over word vectors.
///
/// Their Shapley values are not known in closed form.
extension ClosureGame {
  /// A tanh network over word counts times idf, normalised to length one.
  public static func lengthNormalizedNetwork(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let scales = (0..<n).map { _ in 1 + 3 * generator.unit() }
    let network = TanhNetwork(
      inputs: n, hidden: 16, inputScale: 1.5, outputScale: 1, using: &generator)
    return ClosureGame("length-normalised network", playerCount: n) { members in
      var squares = 1e-12
      for player in members.players { squares += scales[player] * scales[player] }
      let length = squares.squareRoot()
      return network.probability { player in
        members[player] ? scales[player] / length : 0
      }
    }
  }

  /// A tanh network over the mean of the word vectors that are present, 0 for ∅.
  public static func pooledNetwork(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> ClosureGame {
    let vectors = (0..<n).map { _ in (0..<16).map { _ in generator.heavyTailed() / 2 } }
    // The mean of random vectors shrinks with the square root of their number.
    let scale = 0.6 * Double(n).squareRoot()
    let network = TanhNetwork(
      inputs: 16, hidden: 24, inputScale: scale / 4, outputScale: 0.8, using: &generator)
    return ClosureGame("pooled network", playerCount: n) { members in
      let players = members.players
      let share = 1 / Double(max(1, players.count))
      var mean = [Double](repeating: 0, count: 16)
      for player in players {
        for input in mean.indices { mean[input] += vectors[player][input] * share }
      }
      return network.probability { mean[$0] }
    }
  }

  /// A logistic function of value vectors, each head's weighted by a softmax over the words that are
  /// present.
  public static func attention(
    playerCount n: Int, heads: Int = 4, using generator: inout SplitMix64
  ) -> ClosureGame {
    let keys = generator.normals(rows: heads, columns: n, scale: 1.5)
      .map { row in row.map { exp($0) } }
    let values = generator.normals(rows: heads, columns: n, scale: 1)
    return ClosureGame("attention", playerCount: n) { members in
      let players = members.players
      var score = 0.2
      for head in 0..<heads where !players.isEmpty {
        var total = 0.0
        var pooled = 0.0
        for player in players {
          total += keys[head][player]
          pooled += keys[head][player] * values[head][player]
        }
        score += pooled / total
      }
      return sigmoid(score)
    }
  }
}

/// One hidden layer of tanh units and a logistic output.
private struct TanhNetwork: Sendable {
  private let weights: [[Double]]
  private let biases: [Double]
  private let outputs: [Double]

  init(
    inputs: Int, hidden: Int, inputScale: Double, outputScale: Double,
    using generator: inout SplitMix64
  ) {
    weights = generator.normals(rows: hidden, columns: inputs, scale: inputScale)
    biases = (0..<hidden).map { _ in 0.3 * generator.normal() }
    outputs = (0..<hidden).map { _ in outputScale * generator.normal() }
  }

  func probability(_ input: (Int) -> Double) -> Double {
    let inputs = weights[0].indices.map(input)
    var score = 0.0
    for unit in weights.indices {
      var sum = biases[unit]
      for index in inputs.indices { sum += weights[unit][index] * inputs[index] }
      score += outputs[unit] * tanh(sum)
    }
    return sigmoid(score)
  }
}

import Attribution
import Foundation

/// Games like those of text classifiers, whose limit under LIME enumeration knows.
enum LimeAccuracyGames {
  /// The families, by name.
  static let families: [(name: String, make: @Sendable (Int, UInt64) -> FunctionGame)] = [
    ("linear", linear), ("logistic", logistic), ("tanh network", tanhNetwork),
    ("mean pooling", meanPooling), ("negation", negation),
  ]

  static func linear(_ n: Int, _ seed: UInt64) -> FunctionGame {
    var source = Normals(seed: seed)
    let weights = source.draw(n)
    return FunctionGame(n) { present in dot(weights, present) }
  }

  static func logistic(_ n: Int, _ seed: UInt64) -> FunctionGame {
    var source = Normals(seed: seed)
    let weights = source.draw(n)
    return FunctionGame(n) { present in 1 / (1 + exp(-0.2 - dot(weights, present))) }
  }

  /// Twelve hidden units over the sum of eight-dimensional word vectors.
  static func tanhNetwork(_ n: Int, _ seed: UInt64) -> FunctionGame {
    let network = Network(n, seed)
    return FunctionGame(n) { present in network.value(present, scale: 0.35) }
  }

  /// The same over the mean of the word vectors.
  static func meanPooling(_ n: Int, _ seed: UInt64) -> FunctionGame {
    let network = Network(n, seed)
    return FunctionGame(n) { present in
      network.value(present, scale: 1.5 / max(1, present.reduce(0, +)))
    }
  }

  /// A lexicon of which one word in six is strong; one word in eight turns its right neighbour
  /// around.
  static func negation(_ n: Int, _ seed: UInt64) -> FunctionGame {
    var source = Normals(seed: seed)
    let weights = source.draw(n).enumerated().map { $0 % 6 == 1 ? $1 : 0.15 * $1 }
    return FunctionGame(n) { present in
      var sum = 0.2
      for word in 0..<n where present[word] == 1 {
        let isTurned = word % 8 == 1 && present[word - 1] == 1
        sum += isTurned ? -weights[word] : weights[word]
      }
      return 1 / (1 + exp(-sum))
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  private struct Network {
    let vectors: [[Double]]
    let hidden: [[Double]]
    let output: [Double]

    init(_ n: Int, _ seed: UInt64) {
      var source = Normals(seed: seed)
      hidden = (0..<12).map { _ in source.draw(8) }
      output = source.draw(12)
      vectors = (0..<n).map { _ in source.draw(8) }
    }

    func value(_ present: [Double], scale: Double) -> Double {
      var sum = [Double](repeating: 0, count: 8)
      for word in present.indices where present[word] == 1 {
        for k in 0..<8 { sum[k] += scale * vectors[word][k] }
      }
      return zip(hidden, output).reduce(0) { $0 + $1.1 * tanh(dot($1.0, sum)) }
    }
  }

  /// Standard normal numbers (Box and Muller, 1958).
  private struct Normals {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func draw(_ count: Int) -> [Double] {
      (0..<count).map { _ in
        let radius = (-2 * log(1 - generator.unit())).squareRoot()
        return radius * cos(2 * .pi * generator.unit())
      }
    }
  }
}

/// A game given by a function of every player's presence, 0 or 1.
final class FunctionGame: Game {
  let playerCount: Int
  let outputCount = 1
  private let value: ([Double]) -> Double

  init(_ playerCount: Int, _ value: @escaping ([Double]) -> Double) {
    self.playerCount = playerCount
    self.value = value
  }

  func values(of coalitions: Coalitions) -> [Double] {
    (0..<coalitions.count).map { row in
      value((0..<playerCount).map { coalitions.contains($0, in: row) ? 1 : 0 })
    }
  }
}

import Attribution
import Foundation
import Testing

/// What Tests/Oracles/lime/record.py recorded of the Python package lime and of numpy.
struct LimeFixture: Decodable {
  struct Words: Decodable {
    let seed: UInt64
    let positions: [Int]
    let words: [UInt32]
  }

  struct Draws: Decodable, CustomTestStringConvertible {
    let seed: UInt64
    let players: Int
    let samples: Int
    let rows: [String]

    var testDescription: String { "seed \(seed), \(players) players" }
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let text: String
    let seed: UInt64
    let samples: Int
    let kernelWidth: Double
    let selection: String
    let features: Int?
    let label: Int
    let players: [String]
    let selected: [Int]
    let coefficients: [Double]
    let intercept: Double
    let score: Double
    let localPrediction: Double
    let rows: [String]?

    var testDescription: String { "seed \(seed), \(selection) \(features ?? 0): \(text)" }
  }

  let bias: Double
  let weights: [String: Double]
  let words: [Words]
  let draws: [Draws]
  let cases: [Case]

  static let recorded: LimeFixture = {
    do {
      guard
        let url = Bundle.module.url(
          forResource: "lime", withExtension: "json", subdirectory: "Fixtures")
      else { fatalError("no Fixtures/lime.json") }
      return try JSONDecoder().decode(LimeFixture.self, from: Data(contentsOf: url))
    } catch {
      fatalError("Fixtures/lime.json: \(error)")
    }
  }()

  /// The game of a case's word types, with the outputs negative and positive.
  func game(of text: String, players: [String]) -> LimeTestGame {
    let indexOf = Dictionary(uniqueKeysWithValues: players.enumerated().map { ($1, $0) })
    let tokens = Self.tokens(of: text)
    return LimeTestGame(playerCount: players.count, outputCount: 2) { isPresent in
      var z = bias
      for token in tokens where indexOf[token].map(isPresent) ?? false {
        z += weights[token] ?? 0
      }
      let positive = 1 / (1 + exp(-z))
      return [1 - positive, positive]
    }
  }

  /// The longest runs of bytes that are ASCII letters, digits, apostrophes or not ASCII.
  static func tokens(of text: String) -> [String] {
    text.utf8.split { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "'"), 0x80...:
        false
      default: true
      }
    }.map { String(decoding: $0, as: UTF8.self) }
  }
}

/// A game given by a function of the presence of each player.
final class LimeTestGame: Game {
  let playerCount: Int
  let outputCount: Int
  private let value: ((Int) -> Bool) -> [Double]

  init(
    playerCount: Int, outputCount: Int = 1, value: @escaping ((Int) -> Bool) -> [Double]
  ) {
    self.playerCount = playerCount
    self.outputCount = outputCount
    self.value = value
  }

  func values(of coalitions: Coalitions) -> [Double] {
    (0..<coalitions.count).flatMap { row in
      let values = value { coalitions.contains($0, in: row) }
      precondition(values.count == outputCount)
      return values
    }
  }
}

extension Coalitions {
  /// Each coalition as a hexadecimal number whose bit *i* is player *i*, as the fixtures write it.
  var hexadecimal: [String] {
    (0..<count).map { row in
      let digits = self[row].reversed().map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined().drop { $0 == "0" }
      return digits.isEmpty ? "0" : String(digits)
    }
  }
}

import Foundation

/// What Tests/Oracles/vader/record.py wrote for one sentence.
struct RecordedSentence: Decodable {
  let text: String
  let compound: Double
  let unrounded: Double
}

/// What Tests/Oracles/vader/shapley.py wrote for one text.
struct RecordedShapley: Decodable {
  let text: String
  let players: [[Int]]
  let values: [Double]
  let unrounded: [Double]
  let baseline: Double
  let grand: Double
}

enum Fixture {
  static func load<Record: Decodable>(_ name: String, as: Record.Type) throws -> [Record] {
    let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name)")
    return try JSONDecoder().decode([Record].self, from: Data(contentsOf: url))
  }

  static func sentences() throws -> [RecordedSentence] {
    try load("vader.json", as: RecordedSentence.self)
  }
}

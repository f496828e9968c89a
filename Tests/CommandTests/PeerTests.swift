import ExplanationModel
import Foundation
import Testing
import _TestSupport

/// The whole way, from the command line to the JSON, against figures recorded from the Python packages.
@Suite("The command against its peers")
struct PeerTests {
  /// What `Tests/Oracles/lime/record.py` recorded.
  private struct LimeRecords: Decodable {
    struct Case: Decodable {
      let text: String
      let seed: UInt64
      let samples: Int
      let kernelWidth: Double
      let selection: String
      let features: Int?
      let label: Int
      let players: [String]
      let coefficients: [Double]
      let intercept: Double
      let score: Double
      let localPrediction: Double
    }

    let bias: Double
    let weights: [String: Double]
    let cases: [Case]
  }

  /// What `Tests/Oracles/vader/shapley.py` recorded.
  private struct ShapleyRecord: Decodable {
    let text: String
    let players: [[Int]]
    let values: [Double]
    let unrounded: [Double]
  }

  private func load<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
    let bytes = try TemporaryFolder().bytes(of: Repository.path(path))
    return try JSONDecoder().decode(type, from: Data(bytes))
  }

  @Test("LIME equals lime: coefficients, intercept, R² and local prediction to 1e-9")
  func lime() throws {
    let records = try load("Tests/AttributionTests/Fixtures/lime.json", as: LimeRecords.self)
    #expect(records.cases.count >= 40)
    let lines = records.weights.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }
    let folder = try TemporaryFolder()
    let weights = try folder.write("weights.tsv", "bias\t\(records.bias)\n" + lines.joined())
    let plugin = try CCompiler.plugin("linear.c")
    for record in records.cases {
      let result = try runTool([
        "--plugin", plugin, "--option", "weights=\(weights)", "--method", "lime",
        "--format", "json", "--label-index", String(record.label), "--seed", String(record.seed),
        "--lime-samples", String(record.samples), "--kernel-width", String(record.kernelWidth),
        "--lime-selection", record.selection,
        "--lime-features", record.features.map { String($0) } ?? "all", "--", record.text,
      ])
      let explanation = try #require(try document(result).explanations.first)
      let detail = try #require(explanation.lime)
      #expect(explanation.attributions.map(\.text) == record.players)
      for (attribution, coefficient) in zip(explanation.attributions, record.coefficients) {
        #expect(abs(attribution.value - coefficient) <= 1e-9, "\(record.text): \(attribution.text)")
      }
      #expect(abs(detail.intercept - record.intercept) <= 1e-9)
      #expect(abs(detail.fidelity - record.score) <= 1e-9)
      #expect(abs(detail.localPrediction - record.localPrediction) <= 1e-9)
    }
  }

  @Test("Shapley values equal brute force over vaderSentiment")
  func shapley() throws {
    let records = try load(
      "Tests/SentimentTests/Fixtures/shapley_vader.json", as: [ShapleyRecord].self)
    #expect(records.count >= 20)
    for record in records {
      let result = try sentiment(
        record.text, "--method", "shapley", "--format", "json", "--label", "positive")
      let document = try document(result)
      let explanation = try #require(document.explanations.first)
      let ranges = explanation.attributions.map { document.tokens[$0.tokens[0]].utf8 }
      #expect(ranges.map { [$0.lowerBound, $0.upperBound] } == record.players, "\(record.text)")
      for (player, attribution) in explanation.attributions.enumerated() {
        // The package rounds its scores to four digits; without that the values agree to rounding errors.
        #expect(abs(attribution.value - record.values[player]) <= 2e-4)
        #expect(abs(attribution.value - record.unrounded[player]) <= 1e-12)
      }
    }
  }
}

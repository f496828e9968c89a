import Attribution
import Classification
import PluginHost

/// The bundled plugin's probability of "positive" for a text with only some of its words in it.
final class SentimentGame: Game {
  let playerCount: Int
  let outputCount = 1
  private let scorer: any MaskedScorer
  private let output: Int

  init(_ text: String) throws {
    let plugin = try PluginClassifier.open("sentiment.so")
    let masking = try Masking(wordsOf: text)
    guard
      let scorer = try plugin.maskedScorer(for: masking),
      let output = plugin.description.labels.firstIndex(of: "positive")
    else { throw BenchmarkError("sentiment.so offers no masks, or no label \"positive\"") }
    playerCount = masking.pieces.count
    self.scorer = scorer
    self.output = output
  }

  func values(of coalitions: Coalitions) throws -> [Double] {
    let scores = try scorer.scores(ofMasks: coalitions.words[...], rows: coalitions.count)
    return (0..<coalitions.count).map { scores.values[$0 * scores.outputs + output] }
  }
}

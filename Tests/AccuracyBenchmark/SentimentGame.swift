import Attribution
import Classification
import Foundation
import PluginHost
import Segmentation

/// The bundled plugin's probability of "positive" for a text with only some of its words in it.
final class SentimentGame: Game {
  let playerCount: Int
  let outputCount = 1
  private let scorer: any MaskedScorer
  private let output: Int

  init(_ text: String) throws {
    let plugin = try PluginClassifier.open("sentiment.so")
    let masking = try Self.masking(of: text)
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

  /// The words of a text as pieces that are removed.
  static func masking(of text: String) throws -> Masking {
    let bytes = Array(text.utf8)
    let tokens = try Segmenter(unit: .word).tokens(in: bytes)
    return Masking(
      text: bytes, pieces: tokens.filter(\.kind.isWordLike).map(\.utf8), absent: .remove)
  }

  /// The reviews of the corpus.
  static func reviews() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = try String(contentsOf: root.appending(path: "corpora/reviews.tsv"), encoding: .utf8)
    return file.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: "\t").last.map(String.init)
    }
  }

  /// Texts with a number of words within `sizes`: reviews, each with as many of those that follow it
  /// as it takes.
  static func texts(words sizes: ClosedRange<Int>) throws -> [String] {
    let reviews = try reviews()
    var texts: [String] = []
    var start = 0
    while start < reviews.count {
      var text = reviews[start]
      var end = start + 1
      // Sizes go round, so that texts are not all just above the smallest.
      let least = sizes.lowerBound + texts.count * 11 % max(1, sizes.count * 3 / 4)
      while try masking(of: text).pieces.count < least, end < reviews.count {
        text += " " + reviews[end]
        end += 1
      }
      if sizes ~= (try masking(of: text).pieces.count) { texts.append(text) }
      start = end
    }
    return texts
  }
}

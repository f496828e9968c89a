import Attribution
import Classification
import Foundation
import PluginHost

/// The bundled plugin: masks of a prepared text, and fresh texts.
enum SentimentBenchmark {
  private static let rows = 4096

  static func run(peers: Peers, sentence: String) throws {
    let plugin = try PluginClassifier.open("sentiment.so")
    let masking = Masking(text: Array(sentence.utf8), pieces: words(of: sentence), absent: .remove)
    guard let scorer = try plugin.maskedScorer(for: masking) else { return }
    var generator = SplitMix64(seed: 1)
    let masks = (0..<rows).map { _ in generator.next() >> UInt64(64 - masking.pieces.count) }
    var texts = TextBatch()
    for mask in masks { masking.render(mask: [mask], into: &texts) }

    let masked = try best(of: 9) { _ = try scorer.scores(ofMasks: masks[...], rows: rows) }
    let fresh = try best(of: 9) { _ = try plugin.scores(of: texts) }
    let whole = TextBatch(repeatElement(sentence, count: rows))
    let full = try best(of: 9) { _ = try plugin.scores(of: whole) }
    let reviews = try corpus()
    let corpusTime = try best(of: 9) { _ = try plugin.scores(of: reviews) }
    let unit = 1e6 / Double(rows)
    var table = Table(
      title: "sentiment.so, µs a text of \(masking.pieces.count) words",
      columns: [
        "a mask", "a fresh half text", "a fresh text", "vaderSentiment", "ratio",
        "a review of the corpus",
      ])
    let peer = peers.vaderMicrosecondsPerText
    table.rows.append(
      [masked * unit, fresh * unit, full * unit, peer, peer / (full * unit)]
        .map(short) + [short(corpusTime / Double(reviews.count) * 1e6)])
    table.print()
  }

  /// The first 132 reviews, all that the file once held: what a review costs depends on its length,
  /// and times stay comparable only for the same reviews.
  private static func corpus() throws -> TextBatch {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = try String(contentsOf: root.appending(path: "corpora/reviews.tsv"), encoding: .utf8)
    return TextBatch(
      file.split(separator: "\n").dropFirst().prefix(132).compactMap {
        $0.split(separator: "\t").last.map(String.init)
      })
  }

  /// The byte ranges between blanks.
  private static func words(of text: String) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for (index, byte) in text.utf8.enumerated() where byte == UInt8(ascii: " ") {
      ranges.append(start..<index)
      start = index + 1
    }
    return ranges + [start..<text.utf8.count]
  }
}

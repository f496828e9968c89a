import Attribution
import ExplanationModel
import TextExplain

/// The host's own work for a LIME sample: drawing, rendering or masks, look-up, fit.
///
/// The model's time is left out.
enum LimeBenchmark {
  private static let samples = 5000

  static func run(peers: Peers) throws {
    var table = Table(
      title: "LIME, host overhead in ns a sample (\(samples) samples, model excluded)",
      columns: ["words", "draws", "fit", "with masks", "with texts", "lime", "lime / masks"])
    for words in [20, 100, 500] {
      let text = Array((0..<words).map { "word\($0)" }.joined(separator: " ").utf8)
      let draws = nanoseconds {
        _ = LimeSampler(playerCount: words, samples: samples).draw(seed: 0)
      }
      let game = try RecordedGame(playerCount: words, samples: samples)
      let lime = try Lime(LimeOptions(samples: samples))
      let fit = try nanoseconds { _ = try lime.fit(game) } - draws
      let masks = try overhead(text, offersMasks: true)
      let texts = try overhead(text, offersMasks: false)
      let peer = peers.limeNanosecondsPerSample[String(words)] ?? .nan
      table.rows.append(
        [String(words)] + [draws, fit, masks, texts, peer].map(short) + [short(peer / masks)])
    }
    table.print()
  }

  private static func nanoseconds(_ action: () throws -> Void) rethrows -> Double {
    try best(of: 7, action) / Double(samples) * 1e9
  }

  /// Everything but segmentation and the model.
  private static func overhead(_ text: [UInt8], offersMasks: Bool) throws -> Double {
    var options = ExplainerOptions()
    options.methods = [.lime]
    options.limeSamples = samples
    options.includesTimings = true
    let explainer = try Explainer(
      classifier: HashClassifier(offersMasks: offersMasks), options: options)
    var best = Double.infinity
    for _ in 0..<7 {
      let timings = try explainer.explain(text).timings
      best = min(best, timings?.estimatorSeconds ?? .nan)
    }
    return best / Double(samples) * 1e9
  }

  /// A game whose values for one set of draws were found beforehand.
  private final class RecordedGame: Game {
    let playerCount: Int
    let outputCount = 1
    private let values: [Double]

    init(playerCount: Int, samples: Int) throws {
      self.playerCount = playerCount
      var generator = SplitMix64(seed: 1)
      values = (0..<samples).map { _ in generator.unit() }
    }

    func values(of coalitions: Coalitions) -> [Double] { values }
  }
}

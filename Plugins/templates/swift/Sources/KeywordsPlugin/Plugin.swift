import PluginKit

/// A complete textexplain plugin: it weighs words of praise against complaints.
///
/// To make a plugin of your own, change the words, `probability(of:)` and the identity.
final class WordCounter: TextClassifier {
  static let identity = ClassifierIdentity(
    id: "org.example.keywords", name: "keywords", version: "1.0.0", license: "Apache-2.0",
    summary: "counts words of praise and complaint")
  static let options = [
    OptionDeclaration("ignore-case", .boolean, default: "true", "whether Good counts as good")
  ]
  private static let praise: Set = ["good", "great", "love", "excellent"]
  private static let complaint: Set = ["bad", "poor", "hate", "terrible"]

  let labels = ["negative", "positive"]
  private let ignoresCase: Bool

  /// Opens the model: a real plugin would load its weights here.
  init(options: OpenOptions) throws {
    ignoresCase = try options.boolean("ignore-case")
  }

  var traits: ClassifierTraits {
    var traits = ClassifierTraits()
    // Read well within the 50 ms between two questions to the host.
    traits.maximumTextBytes = 1 << 18
    return traits
  }

  func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws {
    for row in 0..<texts.count {
      let positive = probability(of: try texts[row])
      scores[row] = [1 - positive, positive]
      try call.poll()
    }
  }

  /// The probability that a text, which may be empty and may hold U+0000, is positive.
  private func probability(of text: TextView) -> Double {
    // One imagined word each: a text without such words scores 0.5.
    var (good, bad) = (1.0, 1.0)
    for letters in text.bytes.split(whereSeparator: { !Self.isLetter($0) }) {
      let word = String(
        decoding: ignoresCase ? letters.map { $0 | 0x20 } : Array(letters), as: UTF8.self)
      good += Self.praise.contains(word) ? 1 : 0
      bad += Self.complaint.contains(word) ? 1 : 0
    }
    return good / (good + bad)
  }

  /// Whether a byte is an ASCII letter; in upper case it lacks the bit 0x20.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// The one symbol of the plugin.
@c(textexplain_plugin_v1)
public func entry(_ hostMinor: UInt32) -> UnsafePointer<tx_library>? {
  exportPlugin(WordCounter.self, hostMinor: hostMinor)
}

import PluginKit

/// The rules and the lexicon as a classifier of two labels.
final class Sentiment: MaskedScoring {
  static let identity = ClassifierIdentity(
    id: "org.textexplain.sentiment", name: "sentiment", version: "1.0.0", vendor: "textexplain",
    license: "Apache-2.0 AND MIT", summary: "English sentiment by rules and a lexicon (VADER)")
  static let absenceModes: AbsenceModes = [.remove, .replace]
  /// The longest text that is scored: within the 50 ms in which a call must notice that it is stopped.
  static let longest = 2 << 20

  let labels = ["negative", "positive"]
  private var model = SentimentModel()

  init(options: OpenOptions) {}

  var traits: ClassifierTraits {
    var traits = ClassifierTraits()
    traits.languages = ["en"]
    traits.maximumTextBytes = UInt32(Self.longest)
    traits.modelID = "vader-3.3.2"
    return traits
  }

  func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws {
    defer { model.trim() }
    for row in 0..<texts.count {
      let bytes = try texts[row].bytes
      scores.write(compound: model.compound(of: bytes), at: row)
      try call.didScore(bytes: bytes.count)
    }
  }

  func prepare(_ masking: Masking, call: inout Call) -> PreparedSentence {
    PreparedSentence(masking)
  }

  func score(
    _ masks: MaskBatch, of text: PreparedSentence, into scores: ScoreRows, call: inout Call
  ) throws {
    defer { model.trim() }
    try Self.score(masks, of: &text.masked, with: &model, into: scores, call: &call)
  }

  /// The loop over the masks, where the compiler sees that nobody else holds model and text.
  private static func score(
    _ masks: MaskBatch, of text: inout MaskedText, with model: inout SentimentModel,
    into scores: ScoreRows, call: inout Call
  ) throws {
    for row in 0..<masks.count {
      let compound = model.compound(of: &text, mask: masks.words(of: row))
      scores.write(compound: compound, at: row)
      try call.didScore(bytes: text.longestRendering)
    }
  }
}

/// A prepared text as the host holds it.
final class PreparedSentence {
  fileprivate var masked: MaskedText

  fileprivate init(_ masking: Masking) {
    var filler: [UInt8] = []
    if case .filler(let text) = masking.absence { filler = [UInt8](text.bytes) }
    masked = MaskedText(
      text: [UInt8](masking.text.bytes), pieces: masking.pieces, filler: filler)
  }
}

extension ScoreRows {
  /// Writes P(negative) and P(positive) for a compound score.
  @inline(__always)
  fileprivate func write(compound: Double, at row: Int) {
    let positive = (compound + 1) / 2
    self[row, 0] = 1 - positive
    self[row, 1] = positive
  }
}

/// The one symbol of the plugin.
@c(textexplain_plugin_v1)
public func sentimentPlugin(_ hostMinor: UInt32) -> UnsafePointer<tx_library>? {
  exportPlugin(Sentiment.self, hostMinor: hostMinor)
}

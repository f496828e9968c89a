import PluginKit

/// Offers everything that PluginKit knows: regression on the number of bytes.
final class Everything: MaskedScoring, Tokenizing, LinearTerms {
  static let identity = ClassifierIdentity(
    id: "org.example.everything", name: "everything", version: "1.2.3", vendor: "Example",
    license: "MIT", summary: "counts bytes", url: "https://example.org", needs: [.threads, .gpu])
  static let options = [
    OptionDeclaration("factor", .number, default: "1", "what a byte weighs"),
    OptionDeclaration("offset", .integer, default: "0", "what is added"),
    OptionDeclaration("shout", .boolean, default: "false", "whether to log"),
    OptionDeclaration("colour", .choice(["red", "green"]), default: "red", "no effect"),
    OptionDeclaration("model", .file, default: "", "no effect"),
  ]
  static let absenceModes: AbsenceModes = [.remove, .replace]

  let labels = ["bytes", "minus bytes"]
  let outputKind = OutputKind.regression
  let termsAreIndependent = true
  private let factor: Double
  private let offset: Int
  let hasModel: Bool

  var traits: ClassifierTraits {
    var traits = ClassifierTraits()
    traits.isDeterministic = false
    traits.truncates = true
    traits.isConcurrent = true
    traits.languages = ["en", "th"]
    traits.preferredBatch = 16
    traits.maximumBatch = 64
    traits.maximumTextBytes = 100
    traits.modelID = "sha256:é"
    traits.tolerance = 0.5
    traits.typicalMicroseconds = 9
    return traits
  }

  init(options: OpenOptions) throws {
    factor = try options.number("factor")
    offset = try options.integer("offset")
    hasModel = options["model"] != nil
    if try options.boolean("shout") { options.log(.warning, "né\0!") }
    if try options.string("colour") == "green", !hasModel { _ = try options.string("model") }
  }

  private func row(_ bytes: Int) -> [Double] {
    let score = factor * Double(bytes) + Double(offset)
    return [score, -score]
  }

  func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws {
    for row in 0..<texts.count {
      let text = try texts[row]
      if text.string == "fail" {
        scores.fail(row)
      } else {
        scores[row] = self.row(text.bytes.count)
        if text.string == "mark" { scores.mark(row, [.truncated, .unknownLanguage]) }
      }
      if text.string == "throw" { throw Surprise.surprise }
      if text.string == "seed" { scores[row, 0] = Double(call.seed) }
    }
  }

  final class Prepared {
    let lengths: [Int]
    let outside: Int
    let filler: Int

    init(_ masking: Masking) {
      lengths = masking.pieces.map(\.count)
      outside = masking.text.bytes.count - lengths.reduce(0, +)
      if case .filler(let text) = masking.absence {
        filler = text.bytes.count
      } else {
        filler = 0
      }
    }
  }

  func prepare(_ masking: Masking, call: inout Call) throws -> Prepared {
    if masking.text.string == "no" { throw PluginError(.unsupported, "not this text") }
    return Prepared(masking)
  }

  func score(
    _ masks: MaskBatch, of text: Prepared, into scores: ScoreRows, call: inout Call
  ) throws {
    for row in 0..<masks.count {
      var bytes = text.outside
      for piece in 0..<masks.pieceCount {
        bytes += masks[row, piece] ? text.lengths[piece] : text.filler
      }
      scores[row] = self.row(bytes)
    }
  }

  func tokens(of text: TextView) -> [ModelToken] {
    text.bytes.indices.map { ModelToken($0..<$0 + 1, id: Int(text.bytes[$0])) }
      + [ModelToken(text.bytes.count..<text.bytes.count, flags: .special)]
  }

  func terms(of text: TextView, output: Int) -> (bias: Double, terms: [LinearTerm]) {
    (
      Double(offset) * (output == 0 ? 1 : -1),
      text.bytes.indices.map {
        LinearTerm($0..<$0 + 1, value: output == 0 ? factor : -factor, feature: 7)
      }
    )
  }
}

enum Surprise: Error { case surprise }

/// Offers only what it must.
final class Least: TextClassifier {
  static let identity = ClassifierIdentity(id: "org.example.least", name: "least", version: "0.1.0")
  let labels = ["a", "b", "c"]

  init(options: OpenOptions) {}

  func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws {
    for row in 0..<texts.count {
      let text = try texts[row]
      scores[row] = [0.25, 0.25, 0.5]
      try call.didScore(bytes: text.bytes.count)
    }
  }
}

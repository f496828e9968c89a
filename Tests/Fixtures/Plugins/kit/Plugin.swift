import Glibc
import PluginKit

/// A plugin that offers everything PluginKit knows: a linear model of words, whose positive logit is
/// 1/8 + the weights of the words.
final class Words: MaskedScoring, Tokenizing, LinearTerms {
  static let identity = ClassifierIdentity(id: "org.example.words", name: "words", version: "1.0.0")
  static let options = [OptionDeclaration("scale", .number, default: "1", "how steep")]
  static let absenceModes: AbsenceModes = [.remove, .replace]
  private static let weights = [
    "good": 1.0, "great": 1.5, "love": 0.75, "bad": -1, "terrible": -2, "x": 0.25,
  ]
  private static let bias = 0.125

  let labels = ["negative", "positive"]
  let termsAreIndependent = true
  private let scale: Double

  init(options: OpenOptions) throws { scale = try options.number("scale") }

  var traits: ClassifierTraits {
    var traits = ClassifierTraits()
    traits.maximumTextBytes = 1 << 18
    traits.maximumBatch = 64
    return traits
  }

  func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws {
    for row in 0..<texts.count {
      let bytes = try texts[row].bytes
      scores[row] = self.row(of: bytes)
      try call.didScore(bytes: bytes.count)
    }
  }

  private func row(of text: some RandomAccessCollection<UInt8>) -> [Double] {
    let sum = Self.words(of: text).reduce(Self.bias) { $0 + $1.weight }
    let positive = 1 / (1 + exp(-scale * sum))
    return [1 - positive, positive]
  }

  /// Maximal runs of ASCII letters and of bytes of other characters, with the offsets of their bytes.
  private static func words(
    of text: some RandomAccessCollection<UInt8>
  ) -> [(range: Range<Int>, weight: Double)] {
    var (words, start) = ([(range: Range<Int>, weight: Double)](), 0)
    var word: [UInt8] = []
    func end(at offset: Int) {
      if !word.isEmpty {
        let name = String(decoding: word, as: UTF8.self)
        words.append((start..<offset, weights[name] ?? 0))
      }
      word = []
    }
    for (offset, byte) in text.enumerated() {
      if byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) {
        if word.isEmpty { start = offset }
        word.append(byte)
      } else {
        end(at: offset)
      }
    }
    end(at: text.count)
    return words
  }

  /// A text and its pieces; what the host gave is gone when `prepare` returns.
  final class Prepared {
    let text: [UInt8]
    let pieces: [Range<Int>]
    let filler: [UInt8]

    init(_ masking: Masking) {
      text = Array(masking.text.bytes)
      pieces = masking.pieces
      if case .filler(let filler) = masking.absence {
        self.filler = Array(filler.bytes)
      } else {
        filler = []
      }
    }
  }

  func prepare(_ masking: Masking, call: inout Call) -> Prepared { Prepared(masking) }

  func score(
    _ masks: MaskBatch, of text: Prepared, into scores: ScoreRows, call: inout Call
  ) throws {
    for row in 0..<masks.count {
      var (rendered, done) = ([UInt8](), 0)
      for (index, piece) in text.pieces.enumerated() where !masks[row, index] {
        rendered += text.text[done..<piece.lowerBound] + text.filler
        done = piece.upperBound
      }
      rendered += text.text[done...]
      scores[row] = self.row(of: rendered)
      try call.didScore(bytes: rendered.count)
    }
  }

  func tokens(of text: TextView) -> [ModelToken] {
    [ModelToken(0..<0, flags: .special)]
      + Self.words(of: text.bytes).map { ModelToken($0.range, id: $0.range.count) }
  }

  func terms(of text: TextView, output: Int) -> (bias: Double, terms: [LinearTerm]) {
    let sign = output == 1 ? scale : -scale
    return (
      sign * Self.bias,
      Self.words(of: text.bytes).map { LinearTerm($0.range, value: sign * $0.weight) }
    )
  }
}

/// The one symbol of the plugin.
@c(textexplain_plugin_v1)
public func entry(_ hostMinor: UInt32) -> UnsafePointer<tx_library>? {
  exportPlugin(Words.self, hostMinor: hostMinor)
}

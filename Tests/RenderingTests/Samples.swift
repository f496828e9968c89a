import ExplanationModel

/// Hand-built documents; their numbers are invented, but add up.
enum Samples {
  static let generator = Generator(
    name: "textexplain", version: "0.1.0", icu: "72.1", unicode: "15.0")

  static let sentiment = PluginIdentity(
    id: "org.textexplain.sentiment", name: "sentiment", version: "1.0.0", file: "sentiment.so",
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")

  /// The places of `pieces` in `text`, found one after the other.
  static func tokens(_ text: String, _ pieces: [(String, kind: String)]) -> [Token] {
    let utf8 = Array(text.utf8)
    var position = 0
    return pieces.enumerated().compactMap { index, piece in
      let bytes = Array(piece.0.utf8)
      while position + bytes.count <= utf8.count,
        Array(utf8[position..<position + bytes.count]) != bytes
      {
        position += 1
      }
      guard position + bytes.count <= utf8.count else { return nil }
      let before = String(decoding: utf8[..<position], as: UTF8.self)
      let (utf16, scalars) = (before.utf16.count, before.unicodeScalars.count)
      defer { position += bytes.count }
      return Token(
        index: index, text: piece.0, kind: piece.kind, utf8: position..<position + bytes.count,
        utf16: utf16..<utf16 + piece.0.utf16.count,
        scalars: scalars..<scalars + piece.0.unicodeScalars.count)
    }
  }

  /// Tokens of one kind, apart from the pieces that are punctuation.
  static func tokens(_ text: String, words: [String], kind: String = "word") -> [Token] {
    tokens(
      text,
      words.map { word in
        let isPunctuation = word.unicodeScalars.allSatisfy {
          !$0.properties.isAlphabetic && $0.value < 0x10000 && !$0.properties.isEmojiPresentation
        }
        return (word, isPunctuation ? "punctuation" : kind)
      })
  }

  static func isPlayer(_ token: Token) -> Bool {
    token.kind != "punctuation" && token.kind != "other"
  }

  /// One player a token that is no punctuation; `values` by text.
  static func occurrences(_ tokens: [Token], _ values: [Double], errors: [Double]? = nil)
    -> [Attribution]
  {
    tokens.filter(isPlayer).enumerated().map { player, token in
      Attribution(
        player: player, tokens: [token.index], text: token.text,
        value: player < values.count ? values[player] : 0,
        standardError: errors.map { player < $0.count ? $0[player] : 0 })
    }
  }

  /// One player for all tokens with equal text.
  static func types(_ tokens: [Token], _ values: [Double]) -> [Attribution] {
    var players: [(text: String, tokens: [Int])] = []
    for token in tokens where isPlayer(token) {
      if let known = players.firstIndex(where: { $0.text == token.text }) {
        players[known].tokens.append(token.index)
      } else {
        players.append((token.text, [token.index]))
      }
    }
    return players.enumerated().map { index, player in
      Attribution(
        player: index, tokens: player.tokens, text: player.text,
        value: index < values.count ? values[index] : 0)
    }
  }

  static func shapley(
    _ attributions: [Attribution], label: String, index: Int, space: String = "probability",
    base: Double, estimator: String = "exact", evaluations: Int, budget: Int? = 4096,
    seed: UInt64 = 0,
    converged: Bool? = nil, diagnostics: [Diagnostic] = []
  ) -> Explanation {
    let sum = attributions.reduce(0) { $0 + $1.value }
    return Explanation(
      label: label, labelIndex: index, space: space, players: "occurrence", absent: "remove",
      detail: .shapley(
        ShapleyDetail(
          estimator: estimator, exact: estimator == "exact", efficiencyGap: 0, converged: converged)
      ),
      baseValue: base, value: base + sum, attributions: attributions,
      evaluations: EvaluationCount(budget: budget, distinct: evaluations), seed: seed,
      diagnostics: diagnostics)
  }

  static func lime(
    _ attributions: [Attribution], label: String, index: Int, space: String = "probability",
    base: Double, value: Double, intercept: Double, fidelity: Double, evaluations: Int,
    diagnostics: [Diagnostic] = []
  ) -> Explanation {
    let sum = attributions.reduce(0) { $0 + $1.value }
    return Explanation(
      label: label, labelIndex: index, space: space, players: "type", absent: "remove",
      detail: .lime(
        LimeDetail(
          mode: "compatible", samples: 5000, kernelWidth: 25, selection: "none",
          intercept: intercept, localPrediction: intercept + sum, fidelity: fidelity)),
      baseValue: base, value: value, attributions: attributions,
      evaluations: EvaluationCount(distinct: evaluations), seed: 0, diagnostics: diagnostics)
  }

  static func document(
    _ text: String, _ tokens: [Token], labels: [String], scores: [Double],
    outputKind: String = "probability", _ explanations: [Explanation], tau: Double? = nil,
    plugin: PluginIdentity? = sentiment, timings: Timings? = nil
  ) -> ExplanationDocument {
    ExplanationDocument(
      generator: generator, plugin: plugin, text: text,
      prediction: Prediction(outputKind: outputKind, labels: labels, scores: scores),
      tokens: tokens, explanations: explanations,
      evaluations: EvaluationCount(distinct: explanations.map(\.evaluations.distinct).max() ?? 1),
      agreement: tau.map { Agreement(kendallTau: $0, top5Overlap: 0.8) }, timings: timings)
  }
}

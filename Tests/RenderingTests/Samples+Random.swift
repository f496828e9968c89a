import ExplanationModel

extension Samples {
  private static let words = [
    "a", "movie", "didn't", "Überraschung", "pneumonoultramicroscopicsilicovolcanoconiosis", "9.99",
    "电影", "非常", "面白", "か", "한국어", "หนัง", "น่าเบื่อ", "क्षत्रिय", "ខ្មែរ", "فيلم", "رَائِع", "שלום",
    "e\u{301}t\u{301}",
    "😍", "👨‍👩‍👧", "👎🏽", "❤️", "1️⃣", "🇹🇭", "🏴\u{E0067}\u{E0062}\u{E007F}", "ｆｕｌｌ",
    "a\u{301}\u{302}\u{303}\u{304}",
    "evil\u{202E}", "\u{1B}[31m", "nul\u{0}", "\u{9B}c", "un\u{AD}der", "https", "x\u{200D}y",
  ]
  private static let marks = [",", "。", "!?", "「", "(", "…", "://", "-", "、"]
  private static let gaps = [
    " ", " ", " ", "  ", "\t", "\n", "\r\n", "\u{3000}", "\u{A0}", "", "", "",
  ]

  /// A document over a text of random scripts, spaces and controls, with both methods for up to two labels.
  static func random(seed: Int) -> ExplanationDocument {
    var generator = SeededGenerator(seed: seed)
    var text = ""
    var pieces: [(String, kind: String)] = []
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      let isMark = Int.random(in: 0..<5, using: &generator) == 0
      let piece = (isMark ? marks : words).randomElement(using: &generator) ?? ""
      pieces.append((piece, kind: isMark ? "punctuation" : "word"))
      text += piece + (gaps.randomElement(using: &generator) ?? "")
    }
    let tokens = tokens(text, pieces)
    let scales: [Double] = [1e-9, 1e-3, 0.3, 1, 40, 1e7]
    let scale = scales.randomElement(using: &generator) ?? 1
    func values() -> [Double] {
      tokens.map { _ in
        Int.random(in: 0..<6, using: &generator) == 0
          ? 0 : Double.random(in: -scale...scale, using: &generator)
      }
    }
    let labels = ["positive", "سلبي", "a label \u{1B} with a very long name indeed, 非常长"]
    let explanations = (0..<Int.random(in: 0...2, using: &generator)).flatMap { index in
      let errors = Bool.random(using: &generator) ? values().map { $0.magnitude / 10 } : nil
      let shapley = shapley(
        occurrences(tokens, values(), errors: errors), label: labels[index], index: index,
        base: scale / 2,
        estimator: errors == nil ? "exact" : "kernel", evaluations: 4096,
        diagnostics: [
          Diagnostic(
            code: .saturated, message: "a probability of 1 − 2⁻⁵² was clipped",
            help: "use --space probability")
        ])
      let lime = lime(
        types(tokens, values()), label: labels[index], index: index, base: scale / 2,
        value: shapley.value,
        intercept: -scale / 3, fidelity: 0.5, evaluations: 4000)
      var explanations = Bool.random(using: &generator) ? [shapley, lime] : [lime, shapley]
      if Bool.random(using: &generator) {
        explanations.insert(
          leaveOneOut(
            occurrences(tokens, values()), label: labels[index], index: index, base: scale / 2,
            value: shapley.value), at: Int.random(in: 0...2, using: &generator))
      }
      if Bool.random(using: &generator) {
        for index in explanations.indices {
          var checks = allChecks(scale: scale)
          checks.heldOutR2 = Double.random(in: -scale...0, using: &generator)
          checks.removalAlternative = "replace:\(words.randomElement(using: &generator) ?? "")"
          let texts = Array(words.shuffled(using: &generator).prefix(1 + index * 6))
          checks.flip = Checks.Flip(
            outcome: .irreducible, players: Array(texts.indices), texts: texts,
            label: index != 1 && Bool.random(using: &generator) ? labels[2] : nil,
            tied: index == 1 ? Array(labels.prefix(2)) : nil)
          explanations[index].checks = checks
        }
      }
      return explanations
    }
    return document(
      text, tokens, labels: labels,
      scores: labels.map { _ in Double.random(in: -scale...scale, using: &generator) },
      outputKind: "logit", explanations, tau: explanations.isEmpty ? nil : 0.3)
  }
}

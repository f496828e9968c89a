import CTextExplain
import Glibc

/// Level 4: extensions that agree with `predict` and with themselves.
extension Check {
  static let tokensTile = Check(
    40, "tokens-tile", level: 4,
    "tokens ascend inside the text, special ones are empty, and they are the same again"
  ) { subject in
    let model = try subject.open()
    guard let side = TokensSide(model) else { return .skip("no tokens/1") }
    var remarks: Set<String> = []
    for text in try model.corpus(rounds: 2) + [[]] {
      let tokens = try side.tokens(of: text)
      var end = 0
      for token in tokens {
        let isSpecial = Int(token.flags) & TX_TOKEN_SPECIAL != 0
        let range = "\(token.begin)..<\(token.end)"
        try require(
          token.begin <= token.end && token.end <= UInt64(text.count),
          "the token \(range) of \(quoted(text)) lies outside the text")
        try require(
          isSpecial == (token.begin == token.end),
          "the token \(range) of \(quoted(text)) is \(isSpecial ? "special" : "empty") and not "
            + (isSpecial ? "empty" : "special"))
        try require(
          isSpecial || Int(token.begin) >= end,
          "the token \(range) of \(quoted(text)) overlaps the one before it")
        try require(token.id >= -1, "the token \(range) of \(quoted(text)) has the id \(token.id)")
        if !isSpecial { end = Int(token.end) }
        for offset in [Int(token.begin), Int(token.end)]
        where offset < text.count && text[offset] & 0xc0 == 0x80 {
          remarks.insert("some tokens begin or end inside a character")
        }
      }
      let again = try side.tokens(of: text)
      try require(
        tokens.map(identity) == again.map(identity), "the tokens of \(quoted(text)) change")
    }
    return Verdict(remarks: remarks.sorted())
  }

  private static func identity(_ token: tx_token) -> [Int64] {
    [Int64(token.begin), Int64(token.end), token.id, Int64(token.flags)]
  }

  static let linearAddsUp = Check(
    43, "linear-adds-up", level: 4,
    "bias and terms are the logit of predict, and independent terms go alone"
  ) { subject in
    let model = try subject.open()
    guard let side = LinearSide(model) else { return .skip("no linear/1") }
    let facts = try model.facts()
    for text in try model.corpus(rounds: 1 + 2 * facts.outputs) {
      let row = try model.scores([text])[0]
      if row.contains(where: \.isNaN) { continue }
      let logits = try (0..<facts.outputs).map { output in
        let (bias, terms) = try side.terms(of: text, output: output)
        for term in terms {
          try require(
            term.begin <= term.end && term.end <= UInt64(text.count),
            "a term of \(quoted(text)) lies outside the text")
        }
        return terms.reduce(bias) { $0 + $1.value }
      }
      let expected = scores(ofLogits: logits, kind: facts.kind)
      for (score, sum) in zip(row, expected) {
        let margin = max(facts.tolerance, 1e-9 * max(1, abs(score)))
        try require(
          abs(score - sum) <= margin,
          "\(quoted(text)) scores \(score); bias and terms make it \(sum)")
      }
      if side.termsAreIndependent { try requireIndependence(side, text) }
    }
    return .pass
  }

  /// What `predict` should give; one or two probabilities are logistic functions, more are a softmax.
  private static func scores(ofLogits logits: [Double], kind: Int) -> [Double] {
    switch kind {
    case TX_OUT_MULTILABEL: return logits.map { 1 / (1 + exp(-$0)) }
    case TX_OUT_PROBABILITY, TX_OUT_LOG_PROBABILITY:
      let most = logits.max() ?? 0
      let sum = logits.reduce(0) { $0 + exp($1 - most) }
      let chances =
        logits.count <= 2 ? logits.map { 1 / (1 + exp(-$0)) } : logits.map { exp($0 - most) / sum }
      return kind == TX_OUT_PROBABILITY ? chances : chances.map { log($0) }
    default: return logits
    }
  }

  /// Takes away the bytes of some terms and looks whether exactly these go.
  private static func requireIndependence(_ side: LinearSide, _ text: [UInt8]) throws {
    let terms = try side.terms(of: text, output: 0).terms.filter { $0.begin < $0.end }
    for term in terms.prefix(10) {
      let range = Int(term.begin)..<Int(term.end)
      let left = Array(text[..<range.lowerBound] + text[range.upperBound...])
      let rest = terms.filter {
        Int($0.end) <= range.lowerBound || Int($0.begin) >= range.upperBound
      }
      let before = rest.reduce(0) { $0 + $1.value }
      let after = try side.terms(of: left, output: 0).terms.filter { $0.begin < $0.end }
        .reduce(0) { $0 + $1.value }
      try require(
        abs(before - after) <= 1e-9 * max(1, abs(before)),
        "it says that terms are independent; taking bytes \(range) from \(quoted(text)) changes "
          + "the others by \(after - before)")
    }
  }
}

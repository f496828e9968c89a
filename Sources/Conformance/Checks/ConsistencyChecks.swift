import Attribution
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
    for text in Corpus.texts + [[]] {
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

  /// Texts whose subsets are scored both ways.
  private static let maskedTexts = [
    Corpus.texts[0], Corpus.texts[4], Corpus.texts[22], Corpus.texts[31], Corpus.long(700),
  ]

  static let maskedEqualsText = Check(
    41, "masked-equals-text", level: 4,
    "masks score as predict does on the reference rendering: 5 texts, 200 masks, each mode"
  ) { subject in
    let model = try subject.open()
    guard let side = try MaskedSide(model) else { return .skip("no masked/1") }
    let facts = try model.facts()
    try require(!side.modes.isEmpty, "masked/1 supports no mode")
    var random = SplitMix64(seed: subject.seed)
    var compared = 0
    for text in maskedTexts {
      let pieces = MaskedText.words(of: text)
      var masks = [Mask(all: true, count: pieces.count), Mask(all: false, count: pieces.count)]
      for piece in pieces.indices.prefix(80) {
        var single = Mask(all: false, count: pieces.count)
        single[piece] = true
        var others = Mask(all: true, count: pieces.count)
        others[piece] = false
        masks += [single, others]
      }
      while masks.count < 200 {
        var mask = Mask(all: false, count: pieces.count)
        for piece in pieces.indices { mask[piece] = random.next() & 1 == 1 }
        masks.append(mask)
      }
      for mode in side.modes {
        let (prepared, answer) = try side.prepare(text, pieces, mode: mode)
        guard let prepared else {
          try require(
            answer.code == TX_E_UNSUPPORTED, "prepare of \(quoted(text)): \(answer.summary)")
          continue
        }
        // No text equals the model's own mask token, but with all pieces present it is the text.
        let chosen = mode == TX_ABSENT_MODEL_MASK ? Array(masks.prefix(1)) : masks
        let filler = mode == TX_ABSENT_REPLACE ? MaskedSide.filler : []
        let rendered = chosen.map { MaskedText.render(text, pieces, $0, filler: filler) }
        try facts.requireEqual(
          model.scores(rendered), side.score(prepared, chosen), rendered,
          "as a text and as a mask, absent mode \(mode)")
        compared += 1
      }
    }
    return compared > 0 ? .pass : .warn("it declines every text")
  }

  static let maskedOrder = Check(
    42, "masked-order", level: 4,
    "masks in any order and split, two texts at once, no pieces and 10 000 of them"
  ) { subject in
    let model = try subject.open()
    guard let side = try MaskedSide(model) else { return .skip("no masked/1") }
    let facts = try model.facts()
    guard let mode = side.modes.first else { return .skip("masked/1 supports no mode") }
    var random = SplitMix64(seed: subject.seed)
    func masks(_ pieces: Int, _ count: Int) -> [Mask] {
      (0..<count).map { _ in
        var mask = Mask(all: false, count: pieces)
        for piece in 0..<pieces { mask[piece] = random.next() & 1 == 1 }
        return mask
      }
    }
    func requireSame(_ a: [[Double]], _ b: [[Double]], _ what: String) throws {
      try facts.requireEqual(a, b, Array(repeating: Array("a mask".utf8), count: a.count), what)
    }
    let (first, second) = (maskedTexts[0], maskedTexts[4])
    let (firstPieces, secondPieces) = (MaskedText.words(of: first), MaskedText.words(of: second))
    guard let one = try side.prepare(first, firstPieces, mode: mode).prepared else {
      return .skip("it declines \(quoted(first))")
    }
    let firstMasks = masks(firstPieces.count, 40)
    let expected = try side.score(one, firstMasks)
    try requireSame(expected, firstMasks.flatMap { try side.score(one, [$0]) }, "one by one")
    let reversed = try side.score(one, firstMasks.reversed())
    try requireSame(expected, reversed.reversed(), "in reverse order")
    var other = try side.prepare(second, secondPieces, mode: mode).prepared
    if let two = other {
      let secondMasks = masks(secondPieces.count, 40)
      let alone = try side.score(two, secondMasks)
      for index in firstMasks.indices {
        let pair = try side.score(one, [firstMasks[index]]) + side.score(two, [secondMasks[index]])
        try requireSame([expected[index], alone[index]], pair, "in turns with another text")
      }
    }
    other = nil
    try requireSame(expected, side.score(one, firstMasks), "after another text was released")

    if let none = try side.prepare(first, [], mode: mode).prepared {
      let rows = try side.score(none, [Mask(all: true, count: 0), Mask(all: true, count: 0)])
      let whole = try model.scores([first])
      try requireSame([whole[0], whole[0]], rows, "without pieces")
    }
    let long = Array(repeating: Array("ab ".utf8), count: 10_000).flatMap { $0 }
    let pieces = (0..<10_000).map { 3 * $0..<3 * $0 + 2 }
    if facts.maximumTextBytes == 0 || long.count <= facts.maximumTextBytes,
      let prepared = try side.prepare(long, pieces, mode: mode).prepared
    {
      let rows = try side.score(prepared, [Mask(all: true, count: 10_000)])
      try requireSame(try model.scores([long]), rows, "with 10 000 pieces")
    }
    return .pass
  }

  static let linearAddsUp = Check(
    43, "linear-adds-up", level: 4,
    "bias and terms are the logit of predict, and independent terms go alone"
  ) { subject in
    let model = try subject.open()
    guard let side = LinearSide(model) else { return .skip("no linear/1") }
    let facts = try model.facts()
    for text in Corpus.texts {
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

import Attribution
import CTextExplain

/// Level 4: the fast path, which has to give the scores of the texts that it saves the host from sending.
extension Check {
  /// Short texts and a longer one: words between blanks, words that touch each other, and scripts without blanks.
  private static let maskedTexts =
    [
      "I didn't love this movie, but the acting was great!",
      "good, bad; a semi-detached great-good x.",
    ]
    .map { Array($0.utf8) }
    + [Corpus.texts[4], Corpus.texts[22], Corpus.texts[31], Corpus.long(700)]

  /// How pieces are cut out of a text.
  private enum Cut: CaseIterable {
    case blanks, touching, random, randomWithGaps

    func pieces(of text: [UInt8], random: inout SplitMix64) -> [Range<Int>] {
      switch self {
      case .blanks: MaskedText.words(of: text)
      case .touching: MaskedText.touchingWords(of: text)
      case .random: MaskedText.randomPieces(of: text, hasGaps: false, random: &random)
      case .randomWithGaps: MaskedText.randomPieces(of: text, hasGaps: true, random: &random)
      }
    }
  }

  static let maskedEqualsText = Check(
    41, "masked-equals-text", level: 4, timeLimit: 60,
    "masks score as predict does on the reference rendering: words, words that touch, random cuts"
  ) { subject in
    let model = try subject.open()
    guard let side = try MaskedSide(model) else { return .skip("no masked/1") }
    let facts = try model.facts()
    try require(!side.modes.isEmpty, "masked/1 supports no mode")
    var random = SplitMix64(seed: subject.seed)
    let rounds = 2 * maskedTexts.count * Cut.allCases.count * side.modes.count
    let most = try model.affordable(200, atLeast: 8, rounds: rounds)
    var compared = 0
    for text in maskedTexts {
      for cut in Cut.allCases {
        let pieces = cut.pieces(of: text, random: &random)
        let masks = chosenMasks(pieces.count, atMost: most, random: &random)
        for mode in side.modes {
          let filler = mode == TX_ABSENT_REPLACE ? MaskedSide.filler : []
          // A text of which a rendering may be longer than the model reads is none that it has to prepare.
          let longest = text.count + pieces.count * filler.count
          if facts.maximumTextBytes > 0 && longest > facts.maximumTextBytes { continue }
          let (prepared, answer) = try side.prepare(text, pieces, mode: mode)
          guard let prepared else {
            try require(
              answer.code == TX_E_UNSUPPORTED, "prepare of \(quoted(text)): \(answer.summary)")
            continue
          }
          // No text equals the model's own mask token, but with all pieces present it is the text.
          let chosen = mode == TX_ABSENT_MODEL_MASK ? Array(masks.prefix(1)) : masks
          let rendered = chosen.map { MaskedText.render(text, pieces, $0, filler: filler) }
          try facts.requireEqual(
            model.scores(rendered), side.score(prepared, chosen), rendered,
            "as a text and as a mask, absent mode \(mode), pieces \(shown(pieces, of: text))")
          compared += 1
        }
      }
    }
    return compared > 0 ? .pass : .warn("it declines every text")
  }

  /// All, none, each alone, all but each, and then at random.
  private static func chosenMasks(
    _ pieces: Int, atMost most: Int, random: inout SplitMix64
  ) -> [Mask] {
    var masks = [Mask(all: true, count: pieces), Mask(all: false, count: pieces)]
    for piece in 0..<min(pieces, (most - 2) / 3) {
      var single = Mask(all: false, count: pieces)
      single[piece] = true
      var others = Mask(all: true, count: pieces)
      others[piece] = false
      masks += [single, others]
    }
    while masks.count < most { masks.append(Mask(count: pieces, random: &random)) }
    return masks
  }

  /// The first pieces, for people.
  private static func shown(_ pieces: [Range<Int>], of text: [UInt8]) -> String {
    pieces.prefix(4).map { "\($0) \(quoted(Array(text[$0])))" }.joined(separator: ", ") + " …"
  }

  static let maskedOrder = Check(
    42, "masked-order", level: 4, timeLimit: 60,
    "in each mode: masks in any order and split, two texts at once, no pieces and 10 000 of them"
  ) { subject in
    let model = try subject.open()
    guard let side = try MaskedSide(model) else { return .skip("no masked/1") }
    if side.modes.isEmpty { return .skip("masked/1 supports no mode") }
    var random = SplitMix64(seed: subject.seed)
    var compared = 0
    for mode in side.modes {
      if try requireOrder(model, side, mode, &random) { compared += 1 }
      try requireNoPieces(model, side, mode)
      try requireManyPieces(model, side, mode, &random)
    }
    return compared > 0 ? .pass : .skip("it declines the texts")
  }

  private static func requireSame(
    _ model: OpenModel, _ a: [[Double]], _ b: [[Double]], _ what: @autoclosure () -> String
  ) throws {
    try model.facts().requireEqual(
      a, b, Array(repeating: Array("a mask".utf8), count: a.count), what())
  }

  /// - Returns: whether the model prepared the text.
  private static func requireOrder(
    _ model: OpenModel, _ side: MaskedSide, _ mode: Int, _ random: inout SplitMix64
  ) throws -> Bool {
    let (first, second) = (maskedTexts[0], maskedTexts[maskedTexts.count - 1])
    let (pieces, others) = (MaskedText.words(of: first), MaskedText.words(of: second))
    let isShort = try model.readable([first, second]).count == 2
    guard isShort, let one = try side.prepare(first, pieces, mode: mode).prepared else {
      return false
    }
    let count = try model.affordable(40, atLeast: 4, rounds: 8 * side.modes.count)
    let masks = (0..<count).map { _ in Mask(count: pieces.count, random: &random) }
    let expected = try side.score(one, masks)
    if try model.facts().isBatchInvariant {
      let alone = try masks.flatMap { try side.score(one, [$0]) }
      try requireSame(model, expected, alone, "one by one, absent mode \(mode)")
      let reversed = try side.score(one, masks.reversed())
      try requireSame(model, expected, reversed.reversed(), "in reverse order, absent mode \(mode)")
    }
    try requireSame(model, expected, side.score(one, masks), "again, absent mode \(mode)")

    // Whichever of two texts is released first, the other one stays.
    let otherMasks = (0..<count).map { _ in Mask(count: others.count, random: &random) }
    for released in [1, 0] {
      var texts = try [(first, pieces), (second, others)].compactMap { text, pieces in
        try side.prepare(text, pieces, mode: mode).prepared
      }
      if texts.count < 2 { break }
      let alone = try side.score(texts[1], otherMasks)
      // The same batches every time: a model may depend on their composition.
      try requireSame(
        model, expected, side.score(texts[0], masks),
        "with another text prepared, absent mode \(mode)")
      try requireSame(
        model, alone, side.score(texts[1], otherMasks),
        "in turns with another text, absent mode \(mode)")
      texts.remove(at: released)
      try requireSame(
        model, released == 1 ? expected : alone,
        side.score(texts[0], released == 1 ? masks : otherMasks),
        "after the \(released == 1 ? "later" : "earlier") of two texts was released, "
          + "absent mode \(mode)")
    }
    return true
  }

  private static func requireNoPieces(_ model: OpenModel, _ side: MaskedSide, _ mode: Int) throws {
    let text = maskedTexts[0]
    guard try !model.readable([text]).isEmpty,
      let none = try side.prepare(text, [], mode: mode).prepared
    else { return }
    let rows = try side.score(none, [Mask(all: true, count: 0), Mask(all: true, count: 0)])
    let whole = try model.scores([text, text])
    try requireSame(model, whole, rows, "without pieces, absent mode \(mode)")
  }

  private static func requireManyPieces(
    _ model: OpenModel, _ side: MaskedSide, _ mode: Int, _ random: inout SplitMix64
  ) throws {
    let count = 10_000
    let long = (0..<count).flatMap { Array(($0 % 400 == 0 ? "x  " : "ab ").utf8) }
    let pieces = (0..<count).map { 3 * $0..<3 * $0 + 2 }
    let filler = mode == TX_ABSENT_REPLACE ? MaskedSide.filler : []
    let limit = try model.facts().maximumTextBytes
    guard limit == 0 || long.count + count * filler.count <= limit,
      let prepared = try side.prepare(long, pieces, mode: mode).prepared
    else { return }
    var masks = [Mask(all: true, count: count)]
    if mode != TX_ABSENT_MODEL_MASK {
      masks += [
        Mask(all: false, count: count), Mask(count: count, random: &random),
        Mask(count: count, random: &random),
      ]
    }
    let rendered = masks.map { MaskedText.render(long, pieces, $0, filler: filler) }
    try requireSame(
      model, try model.scores(rendered), side.score(prepared, masks),
      "with 10 000 pieces, absent mode \(mode)")
  }
}

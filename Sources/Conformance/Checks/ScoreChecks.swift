import Attribution
import CTextExplain
import Glibc

/// Level 2: what the numbers are.
extension Check {
  static let finite = Check(
    17, "finite", level: 2, "every score is written and finite, unless its row says that it failed"
  ) { subject in
    let model = try subject.open()
    var hasSubnormals = false
    for text in try model.readable(Corpus.texts) {
      let prediction = try model.predict([text])
      try require(
        prediction.answer.code == TX_OK,
        "predict answers \(prediction.answer.summary) to \(quoted(text))")
      if prediction.flags[0] & UInt8(TX_ROW_FAILED) != 0 { continue }
      for (output, score) in prediction.row(0).enumerated() {
        try require(
          score != ScoreMemory.canary, "output \(output) of \(quoted(text)) is not written")
        try require(score.isFinite, "output \(output) of \(quoted(text)) is \(score)")
        hasSubnormals = hasSubnormals || score.isSubnormal
      }
    }
    return hasSubnormals ? .warn("some scores are subnormal") : .pass
  }

  static let rowSums = Check(
    18, "row-sums", level: 2, "scores are what their output kind says"
  ) { subject in
    let model = try subject.open()
    let kind = try model.facts().kind
    guard [TX_OUT_PROBABILITY, TX_OUT_MULTILABEL, TX_OUT_LOG_PROBABILITY].contains(kind) else {
      return .skip("its output kind allows any number")
    }
    let texts = try model.readable(Corpus.texts)
    for (text, row) in zip(texts, try model.scores(texts)) {
      if row.contains(where: \.isNaN) { continue }
      let chances = kind == TX_OUT_LOG_PROBABILITY ? row.map { exp($0) } : row
      for chance in chances {
        let margin = kind == TX_OUT_MULTILABEL ? 0 : 1e-3
        try require(
          chance >= -margin && chance <= 1 + margin,
          "\(quoted(text)) has a probability of \(chance)")
      }
      let sum = chances.reduce(0, +)
      try require(
        kind == TX_OUT_MULTILABEL || abs(sum - 1) <= 1e-3,
        "the probabilities of \(quoted(text)) sum to \(sum)")
    }
    return .pass
  }

  static let stridePadding = Check(
    19, "stride-padding", level: 2,
    "rows, also those of masks, are written at the stride, and nothing between or behind"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    let texts = try Array(model.readable(Corpus.texts).prefix(min(6, facts.maximumBatch)))
    try requireStrides(facts, texts, "predict") { try model.predict(texts, $0) }
    var random = SplitMix64(seed: subject.seed)
    if let side = try MaskedSide(model),
      let (prepared, masks) = try side.sample(masks: min(6, facts.maximumBatch), random: &random)
    {
      let names = masks.map { _ in Array("a mask".utf8) }
      try requireStrides(facts, names, "score") { try side.predict(prepared, masks, $0) }
    }
    return .pass
  }

  /// Calls at several strides, and looks at all of the memory.
  ///
  /// - Parameter rows: what the rows are of.
  private static func requireStrides(
    _ facts: ModelFacts, _ rows: [[UInt8]], _ name: String,
    _ call: (PredictionWay) throws -> Prediction
  ) throws {
    var expected: [[Double]]?
    for stride in [facts.outputs, facts.outputs + 1, facts.outputs + 7, 64 + facts.outputs * 2] {
      var way = PredictionWay()
      way.stride = stride
      way.spareRows = 3
      let prediction = try call(way)
      try require(
        prediction.answer.code == TX_OK,
        "\(name) at stride \(stride): \(prediction.answer.summary)")
      try require(
        prediction.surroundingsAreIntact,
        "at stride \(stride) \(name) writes to the padding, behind the rows or into the host's struct"
      )
      let scores = rows.indices.map(prediction.row)
      try facts.requireEqual(
        expected ?? scores, scores, rows, "stride \(stride) changes the result of \(name)")
      expected = scores
    }
  }

  static let inputsUnchanged = Check(
    20, "inputs-unchanged", level: 2, "texts are not written to, and not read behind their end"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    let texts = try model.corpus(rounds: 2)
    var way = PredictionWay(step: "predict of texts in read-only pages before a guard page")
    way.isGuarded = true
    let guarded = try model.scores(texts, way)
    try facts.requireEqual(
      try model.scores(texts), guarded, texts, "what lies behind the text changes the score")
    return .pass
  }
}

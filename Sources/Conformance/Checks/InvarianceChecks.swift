import Attribution
import CTextExplain
import Glibc

/// Level 2: what scores may not depend on.
extension Check {
  static let determinism = Check(
    21, "determinism", level: 2, timeLimit: 40,
    "equal in up to 20 calls, two instances, and two processes of different environments"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    if !facts.isDeterministic { return .skip("the model does not say that it is deterministic") }
    let texts = try CorpusScores.texts(for: model)
    let expected = try model.scores(texts)
    for _ in 1..<(try model.affordable(20, atLeast: 3, rounds: texts.count)) {
      try facts.requireEqual(expected, model.scores(texts), texts, "the same call again")
    }
    let other = try subject.open()
    try facts.requireEqual(expected, other.scores(texts), texts, "another instance")
    subject.progress.step("another process")
    for variables in [[], ["LC_ALL=C", "TZ=Asia/Tokyo", "TEXTEXPLAIN_SEED=7", "LINES=7"]] {
      let elsewhere = try CorpusScores.inAnotherProcess(subject, variables: variables)
      try facts.requireEqual(
        expected, elsewhere, texts, "another process, environment \(variables)")
    }
    return .pass
  }

  static let batchInvariance = Check(
    22, "batch-invariance", level: 2, timeLimit: 40,
    "a row is the same alone, in any batch, permuted and beside long texts"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    if !facts.isBatchInvariant { return .skip("the model does not say that it is batch-invariant") }
    let texts = try model.corpus(rounds: 6)
    let expected = try model.scoresAlone(texts)
    for size in [2, 7, min(facts.maximumBatch, 256)] where size <= facts.maximumBatch {
      var rows: [[Double]] = []
      for start in stride(from: 0, to: texts.count, by: size) {
        rows += try model.scores(Array(texts[start..<min(start + size, texts.count)]))
      }
      try facts.requireEqual(expected, rows, texts, "alone and in batches of \(size)")
    }
    let reversed = try model.scores(texts.reversed())
    try facts.requireEqual(expected, reversed.reversed(), texts, "in reverse order")
    var random = SplitMix64(seed: subject.seed)
    var order = Array(texts.indices)
    for index in order.indices.reversed() { order.swapAt(index, random.index(below: index + 1)) }
    let shuffled = try model.scores(order.map { texts[$0] })
    try facts.requireEqual(
      order.map { expected[$0] }, shuffled, order.map { texts[$0] }, "permuted")
    if facts.maximumBatch > 1 {
      let most = facts.maximumTextBytes > 0 ? facts.maximumTextBytes : 65_536
      let neighbour = Corpus.exactly(min(most, 65_536))
      for (text, row) in zip(texts, expected).prefix(6) {
        let pair = try model.scores([neighbour, text])
        try facts.requireEqual([row], [pair[1]], [text], "alone and beside a very long text")
      }
    }
    return .pass
  }

  static let noHistory = Check(
    23, "no-history", level: 2, timeLimit: 40,
    "up to 1000 other texts change nothing"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    var way = PredictionWay()
    way.call = CallSide(seed: subject.seed)
    let all = try model.corpus()
    let texts = Array(all.prefix(5))
    let before = try model.scores(texts, way)
    var others = 0
    let end = monotonicSeconds() + model.secondsForRepeats
    while others < 1000, others < 50 || monotonicSeconds() < end {
      _ = try model.scores(all)
      others += all.count
    }
    try facts.requireEqual(
      before, model.scores(texts, way), texts, "before and after \(others) other texts")
    return .pass
  }

  static let limitsHonoured = Check(
    24, "limits-honoured", level: 2,
    "the largest batch and the longest text work; one byte more is TX_E_TOO_LONG or flagged"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    let (batch, bytes) = (facts.maximumBatch, facts.maximumTextBytes)
    if batch == 1 << 30 && bytes == 0 { return .skip("the model has no limits") }
    if batch < 1 << 16 {
      let readable = try model.readable(Corpus.texts)
      let texts = (0..<batch).map { readable[$0 % readable.count] }
      let answer = try model.predict(texts).answer
      try require(answer.code == TX_OK, "a batch of max_batch = \(batch): \(answer.summary)")
    }
    if bytes > 0 && bytes <= 64 << 20 {
      let longest = try model.predict([Corpus.exactly(bytes)])
      try require(
        longest.answer.code == TX_OK,
        "a text of max_text_bytes = \(bytes): \(longest.answer.summary)")
      let longer = try model.predict([Corpus.exactly(bytes + 1)])
      let isFlagged = longer.flags[0] & UInt8(TX_ROW_TRUNCATED) != 0
      try require(
        longer.answer.code == TX_E_TOO_LONG || longer.answer.code == TX_OK && isFlagged,
        "a text of one byte more than max_text_bytes: \(longer.answer.summary), not flagged")
    }
    return .pass
  }

  static let seed = Check(
    44, "seed", level: 4, timeLimit: 40,
    "equal seed, equal scores; what draws without a seed says so"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    let texts = try model.corpus(rounds: 16, atMost: 8)
    func scores(_ seed: UInt64?, of model: OpenModel) throws -> [[Double]] {
      var way = PredictionWay()
      way.call = seed.map { CallSide(seed: $0) }
      return try model.scores(texts, way)
    }
    for seed in [1, subject.seed, .max] {
      let first = try scores(seed, of: model)
      _ = try scores(seed &+ 1, of: model)
      try facts.requireEqual(
        first, scores(seed, of: model), texts, "twice with the seed \(seed)")
      try facts.requireEqual(
        first, scores(seed, of: subject.open()), texts, "two instances with the seed \(seed)")
    }
    guard facts.isDeterministic else { return .pass }
    let plain = try scores(nil, of: model)
    for seed in [nil, 1, 2] as [UInt64?] {
      try facts.requireEqual(
        plain, scores(seed, of: model), texts,
        "it says that it is deterministic, and draws without a seed or by it")
    }
    return .pass
  }
}

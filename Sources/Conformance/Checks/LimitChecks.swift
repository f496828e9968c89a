import Attribution
import CTextExplain

/// Level 3: stopping in time.
extension Check {
  /// Milliseconds within which a call has to notice that it should end.
  private static let patience = 250.0
  /// Milliseconds after which a call has to have asked for the first time; the header says 50, and clocks of
  /// busy machines get as much again.
  private static let firstQuestion = 100.0

  static let cancel = Check(
    32, "cancel", level: 3, timeLimit: 40,
    "told to stop, it returns TX_E_CANCELLED within 250 ms, or a result that takes no 50 ms"
  ) { subject in
    try requireStops(subject, TX_E_CANCELLED) { polls in CallSide(polls: polls) }
  }

  static let deadline = Check(
    33, "deadline", level: 3, timeLimit: 40,
    "past its deadline it returns TX_E_DEADLINE within 250 ms, or a result that takes no 50 ms"
  ) { subject in
    try requireStops(subject, TX_E_DEADLINE) { polls in
      CallSide(milliseconds: polls == 0 ? -1000 : 10)
    }
  }

  /// Asks for more than most models do in a quarter of a second, in every way, and stops it.
  ///
  /// - Parameter limits: makes the limits, which end the call at once for 0 and later for more.
  private static func requireStops(
    _ subject: Subject, _ code: Int, _ limits: (Int) -> CallSide
  ) throws -> Verdict {
    let model = try subject.open()
    let facts = try model.facts()
    let sample = try Array(model.readable(Corpus.texts).prefix(3))
    let expected = try model.scores(sample)
    let most = facts.maximumTextBytes > 0 ? min(facts.maximumTextBytes, 8_192) : 8_192
    let text = Corpus.exactly(most)
    let rows = min(facts.maximumBatch, 512)
    let texts = TextTable(Array(repeating: text, count: rows))
    try requireStops("predict", code, limits) {
      try model.predict(texts, $0).answer
    } afterwards: {
      try facts.requireEqual(
        expected, model.scores(sample), sample, "before and after a call that should stop")
    }
    guard let side = try MaskedSide(model), let mode = side.modes.first else { return .pass }
    let pieces = MaskedText.words(of: text)
    try requireStops("prepare", code, limits) {
      try side.prepare(text, pieces, mode: mode, $0).answer
    } afterwards: {
    }
    guard let prepared = try side.prepare(text, pieces, mode: mode).prepared else { return .pass }
    var random = SplitMix64(seed: subject.seed)
    let masks = (0..<rows).map { _ in Mask(count: pieces.count, random: &random) }
    let few = Array(masks.prefix(3))
    let scores = try side.score(prepared, few)
    try requireStops("score", code, limits) {
      try side.predict(prepared, masks, $0).answer
    } afterwards: {
      try facts.requireEqual(
        scores, side.score(prepared, few), few.map { _ in Array("a mask".utf8) },
        "before and after a call that should stop")
    }
    return .pass
  }

  private static func requireStops(
    _ name: String, _ code: Int, _ limits: (Int) -> CallSide,
    _ call: (PredictionWay) throws -> Answer, afterwards: () throws -> Void
  ) throws {
    for polls in [0, 1, 3] {
      // On a busy machine the best of some counts.
      var (quickest, quickestResult) = (Double.infinity, Double.infinity)
      var isStopped = false
      for _ in 0..<5 where quickest > patience || polls == 0 && !isStopped {
        var way = PredictionWay(step: "\(name) that should stop")
        way.call = limits(polls)
        let start = monotonicSeconds() - ProcessState.queuedSeconds
        let answer = try call(way)
        // Sleep counts like work, but not what other programs took of the processor.
        let milliseconds = (monotonicSeconds() - ProcessState.queuedSeconds - start) * 1000
        quickest = min(quickest, milliseconds)
        // A text that the model declines needs no time at all.
        let isResult = [TX_OK, TX_E_UNSUPPORTED].contains(answer.code)
        try require(
          answer.code == code || isResult && (name == "prepare" || answer.code == TX_OK),
          "\(name) that should stop: \(answer.summary)")
        if isResult { quickestResult = min(quickestResult, milliseconds) }
        isStopped = isStopped || !isResult || milliseconds <= firstQuestion
      }
      try require(
        quickest <= patience, "\(name) that should stop returns after \(Int(quickest)) ms")
      try require(
        polls > 0 || isStopped,
        "\(name) that should stop from the beginning on works for \(Int(quickestResult)) ms all "
          + "the same and gives a result")
      try afterwards()
    }
  }
}

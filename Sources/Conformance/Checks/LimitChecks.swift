import CTextExplain

/// Level 3: stopping in time.
extension Check {
  /// Milliseconds within which a call has to notice that it should end.
  private static let patience = 250.0

  static let cancel = Check(
    32, "cancel", level: 3, timeLimit: 20,
    "when told to stop it returns within 250 ms, and the next call is right"
  ) { subject in
    try requireStops(subject, TX_E_CANCELLED) { polls in CallSide(polls: polls) }
  }

  static let deadline = Check(
    33, "deadline", level: 3, timeLimit: 20,
    "past its deadline it returns within 250 ms, and the next call is right"
  ) { subject in
    try requireStops(subject, TX_E_DEADLINE) { polls in
      CallSide(milliseconds: polls == 0 ? -1000 : 10)
    }
  }

  /// Asks for more than most models do in a quarter of a second, and stops it.
  ///
  /// - Parameter limits: makes the limits, which end the call at once for 0 and later for more.
  private static func requireStops(
    _ subject: Subject, _ code: Int, _ limits: (Int) -> CallSide
  ) throws -> Verdict {
    let model = try subject.open()
    let facts = try model.facts()
    let sample = Array(Corpus.texts.prefix(3))
    let expected = try model.scores(sample)
    let most = facts.maximumTextBytes > 0 ? facts.maximumTextBytes : 8_192
    let text = Corpus.long(9_000).prefix(min(most, 8_192))
    let cut = Array(String(decoding: text, as: UTF8.self).utf8.prefix(min(most, 8_192)))
    let texts = TextTable(
      Array(
        repeating: most < 8_192 ? Corpus.exactly(most) : cut, count: min(facts.maximumBatch, 512)))
    for polls in [0, 1, 3] {
      // On a busy machine the best of three counts.
      var quickest = Double.infinity
      for _ in 0..<3 where quickest > patience {
        var way = PredictionWay()
        way.call = limits(polls)
        way.step = "predict that should stop"
        let start = monotonicSeconds()
        let answer = try model.predict(texts, way).answer
        quickest = min(quickest, (monotonicSeconds() - start) * 1000)
        try require(
          [TX_OK, code].contains(answer.code), "a call that should stop: \(answer.summary)")
      }
      try require(
        quickest <= patience, "a call that should stop returns after \(Int(quickest)) ms")
      try facts.requireEqual(
        expected, model.scores(sample), sample, "before and after a call that should stop")
    }
    return .pass
  }
}

import CTextExplain
import Glibc
import PluginHost

/// Level 3: texts of every kind.
extension Check {
  static let empty = Check(
    25, "empty", level: 3, "the empty text, also at NULL, many of them, and a batch of none"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    let expected = try model.scores([[]], PredictionWay(step: "predict of the empty text"))
    try require(
      expected[0].allSatisfy { !$0.isNaN && $0 != ScoreMemory.canary },
      "the empty text has no score")
    let many = min(7, facts.maximumBatch)
    let rows = try model.scores(
      Array(repeating: [], count: many), PredictionWay(step: "predict of empty texts only"))
    if facts.isBatchInvariant {
      for row in rows {
        try facts.requireEqual(expected, [row], [[]], "among other empty texts")
      }
    }
    guard let predict = model.classifier[\.predict] else { return .pass }
    subject.progress.step("predict of the empty text at NULL")
    let memory = ScoreMemory(rows: 1, outputs: facts.outputs)
    var text = tx_text(data: nil, len: 0)
    let null = memory.prediction(
      try ErrorRoom().fill { predict(model.handle, nil, &text, 1, memory.pointer, $0) })
    try require(null.answer.code == TX_OK, "the empty text at NULL: \(null.answer.summary)")
    try facts.requireEqual(expected, [null.row(0)], [[]], "at NULL")
    let spare = UnsafeMutablePointer<tx_text>.allocate(capacity: 1)
    spare.initialize(to: text)
    defer { spare.deallocate() }
    for pointer in [nil, UnsafePointer(spare)] {
      subject.progress.step("predict of a batch of none")
      let memory = ScoreMemory(rows: 0, outputs: facts.outputs)
      let none = memory.prediction(
        try ErrorRoom().fill { predict(model.handle, nil, pointer, 0, memory.pointer, $0) })
      try require(none.answer.code == TX_OK, "a batch of none: \(none.answer.summary)")
      try require(none.surroundingsAreIntact, "a batch of none has a row written")
    }
    return .pass
  }

  static let whitespaceAndControls = Check(
    26, "whitespace-and-controls", level: 3,
    "blanks, line separators, BOM, zero-width and bidi marks"
  ) { subject in
    try requireScores(subject, Corpus.whitespaceAndControls.map { Array($0.utf8) })
    return .pass
  }

  static let embeddedNul = Check(
    27, "embedded-nul", level: 3, "what follows a U+0000 is read, and nothing behind the text"
  ) { subject in
    try requireScores(subject, [[0], [0, 0, 0], Array("good\0".utf8), Array("\0bad".utf8)])
    let model = try subject.open()
    let facts = try model.facts()
    var way = PredictionWay(step: "predict of a text with U+0000")
    way.isGuarded = true
    var pairs = 0
    let words = ["good", "bad", "terrible", "love", "x y z", "The plot is terrible"]
    for first in words {
      for second in words where first != second {
        // Whoever stops at the NUL reads just what the first text has.
        let (head, tail) = (Array("\(first) ".utf8), Array(second.utf8))
        let whole = head + [0, 0x20] + tail
        guard try !model.readable([whole]).isEmpty else { continue }
        let scores = try model.scores([head, head + tail], way)
        if facts.areEqual(scores[0], scores[1]) { continue }
        pairs += 1
        let read = try model.scores([whole], way)
        if !facts.areEqual(read[0], scores[0]) { return .pass }
      }
    }
    if pairs < 3 { return .skip("no two texts were found whose scores differ") }
    throw Violation("texts end at U+0000 for it: in \(pairs) texts what follows changes nothing")
  }

  static let unicode = Check(
    28, "unicode", level: 3, "all planes, emoji sequences, 10 000 combining marks, all scripts"
  ) { subject in
    try requireScores(subject, Corpus.unicode.map { Array($0.utf8) })
    return .pass
  }

  static let invalidUTF8 = Check(
    29, "invalid-utf8", level: 3, "bytes that are no UTF-8 get a score or TX_E_ENCODING"
  ) { subject in
    let model = try subject.open()
    for text in Corpus.invalid {
      let bytes = text.map { String($0, radix: 16) }.joined(separator: " ")
      var way = PredictionWay(step: "predict of the bytes \(bytes)")
      way.isGuarded = true
      let prediction = try model.predict([text], way)
      let isFailed = prediction.flags[0] & UInt8(TX_ROW_FAILED) != 0
      try require(
        [TX_OK, TX_E_ENCODING].contains(prediction.answer.code),
        "the bytes \(bytes): \(prediction.answer.summary)")
      try require(
        prediction.answer.code != TX_OK || isFailed
          || prediction.row(0).allSatisfy { $0.isFinite && $0 != ScoreMemory.canary },
        "the bytes \(bytes) get no score and no error")
    }
    return .pass
  }

  static let huge = Check(
    30, "huge", level: 3, timeLimit: 60,
    "1 MiB, 64 MiB in one word and a million words: a score, TX_E_TOO_LONG or a flag"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    var remarks: [String] = []
    func ask(_ text: [UInt8], _ what: String) throws -> Double {
      let start = monotonicSeconds()
      var way = PredictionWay()
      way.step = "predict of \(what)"
      let prediction = try model.predict([text], way)
      let seconds = monotonicSeconds() - start
      try require(
        [TX_OK, TX_E_TOO_LONG].contains(prediction.answer.code),
        "\(what): \(prediction.answer.summary)")
      try require(
        prediction.answer.code != TX_OK || prediction.flags[0] & UInt8(TX_ROW_FAILED) != 0
          || prediction.row(0).allSatisfy { $0.isFinite && $0 != ScoreMemory.canary },
        "\(what) gets no score and no error")
      return seconds
    }
    let small = try ask(Corpus.exactly(1 << 18), "256 KiB of words")
    /// Whether a larger text is likely to be read in time; who refuses long texts needs none.
    func isAffordable(_ bytes: Int, _ what: String) -> Bool {
      if facts.maximumTextBytes > 0, bytes > facts.maximumTextBytes { return true }
      let seconds = small * Double(bytes) / Double(1 << 18)
      if seconds <= model.secondsForRepeats { return true }
      remarks.append(
        "\(what) would take \(Int(seconds)) s and is not sent: max_text_bytes can say so, or "
          + "--time-limit allow it")
      return false
    }
    if isAffordable(1 << 20, "1 MiB of words") {
      let large = try ask(Corpus.exactly(1 << 20), "1 MiB of words")
      if large > 0.1, large > 8 * small {
        remarks.append("4 times the words take \(Int(large / small)) times as long")
      }
    }
    if isAffordable(5 << 20, "a million words") {
      _ = try ask(Corpus.exactly(5 << 20), "a million words")
    }
    if isAffordable(64 << 20, "a word of 64 MiB") {
      _ = try ask([UInt8](repeating: UInt8(ascii: "a"), count: 64 << 20), "a word of 64 MiB")
    }
    return Verdict(remarks: remarks)
  }

  static let truncationReported = Check(
    31, "truncation-reported", level: 3, timeLimit: 40,
    "where the end of a text no longer matters, TX_ROW_TRUNCATED says so"
  ) { subject in
    let model = try subject.open()
    let facts = try model.facts()
    let tails = ["good", "bad", "terrible", "love", "x", "7"].map { Array(" \($0)".utf8) }
    let fillers = ["the ", "qzx ", ". ", "0 "].map { Array($0.utf8) }
    var differedBefore = false
    // Each length is eight times the one before it.
    let end = monotonicSeconds() + model.secondsForRepeats / 4
    for length in [64, 512, 4_096, 32_768, 131_072] {
      if facts.maximumTextBytes > 0 && length + 16 > facts.maximumTextBytes { break }
      if monotonicSeconds() > end { break }
      var differs = false
      var isReported = false
      for filler in fillers where !differs {
        var head: [UInt8] = []
        while head.count < length { head += filler }
        var first: [Double]?
        for tail in tails {
          let prediction = try model.predict([head + tail])
          if prediction.answer.code == TX_E_TOO_LONG { return .pass }
          try require(
            prediction.answer.code == TX_OK, "\(length) bytes: \(prediction.answer.summary)")
          isReported = isReported || prediction.flags[0] & UInt8(TX_ROW_TRUNCATED) != 0
          let row = prediction.row(0)
          differs = differs || !zip(first ?? row, row).allSatisfy(==)
          first = first ?? row
        }
      }
      if differs {
        differedBefore = true
      } else if differedBefore && !isReported {
        throw Violation("past \(length) bytes nothing matters any more, and no flag says so")
      }
    }
    return differedBefore ? .pass : .skip("no texts were found whose ends matter")
  }

  /// Fails where a text has no score.
  private static func requireScores(_ subject: Subject, _ texts: [[UInt8]]) throws {
    let model = try subject.open()
    for text in try model.readable(texts) {
      var way = PredictionWay(step: "predict of \(quoted(text))")
      way.isGuarded = true
      let prediction = try model.predict([text], way)
      try require(
        prediction.answer.code == TX_OK, "\(quoted(text)): \(prediction.answer.summary)")
      try require(
        prediction.flags[0] & UInt8(TX_ROW_FAILED) != 0
          || prediction.row(0).allSatisfy { $0.isFinite && $0 != ScoreMemory.canary },
        "\(quoted(text)) has no score")
    }
  }
}

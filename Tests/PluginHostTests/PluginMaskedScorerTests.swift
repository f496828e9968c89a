import Classification
import PluginHost
import Testing
import _TestSupport

@Suite("Masked scoring by a plugin")
struct PluginMaskedScorerTests {
  /// A text of `count` pieces "aé", "bé", … with blanks between them.
  private func masking(_ count: Int, _ absent: Masking.Absent) -> Masking {
    var text: [UInt8] = Array("«".utf8)
    var pieces: [Range<Int>] = []
    for index in 0..<count {
      let begin = text.count
      text += [UInt8(ascii: "a") + UInt8(index % 26)] + Array("é".utf8)
      pieces.append(begin..<text.count)
      text += [UInt8(ascii: " "), 0]
    }
    return Masking(text: text, pieces: pieces, absent: absent)
  }

  @Test(
    "equals predict on the rendered texts, bit for bit",
    arguments: [0, 1, 5, 63, 64, 65, 130], [Masking.Absent.remove, .replace(with: "…")])
  func equalsPredict(count: Int, absent: Masking.Absent) throws {
    let classifier = try Fixture.open("order.c")
    let masking = masking(count, absent)
    let scorer = try #require(try classifier.maskedScorer(for: masking))
    let words = masking.wordsPerMask
    var state: UInt64 = 42
    var masks: [UInt64] = []
    let rows = 12
    for row in 0..<rows {
      for word in 0..<words {
        let bits = min(max(count - 64 * word, 0), 64)
        let present: UInt64 = bits == 64 ? .max : (1 << UInt64(bits)) - 1
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        masks.append(row == 0 ? present : row == 1 ? 0 : (state ^ state >> 29) & present)
      }
    }
    var texts = TextBatch()
    for row in 0..<rows {
      masking.render(mask: masks[row * words..<(row + 1) * words], into: &texts)
    }
    let expected = try classifier.scores(of: texts)
    #expect(try scorer.scores(ofMasks: masks[...], rows: rows) == expected)
    // A slice that does not begin at 0, and no rows at all.
    let tail = try scorer.scores(ofMasks: masks[(3 * words)...], rows: rows - 3)
    #expect(tail.values == Array(expected.values.dropFirst(6)))
    #expect(try scorer.scores(ofMasks: [], rows: 0).rows == 0)
    #expect(Array(texts.bytes[texts.range(of: 0)]) == masking.text)
  }

  @Test("prepared texts are released once, before their instance is destroyed")
  func lifetime() throws {
    let log = PluginLogRecorder()
    do {
      var scorers: [any MaskedScorer] = []
      do {
        let classifier = try Fixture.open("order.c", log: log)
        for _ in 0..<2 {
          scorers.append(try #require(try classifier.maskedScorer(for: masking(3, .remove))))
        }
      }
      #expect(log.texts == ["prepared", "prepared"])
      scorers.removeFirst()
      #expect(log.texts == ["prepared", "prepared", "released"])
      #expect(try scorers[0].scores(ofMasks: [5], rows: 1).rows == 1)
    }
    #expect(log.texts == ["prepared", "prepared", "released", "released", "destroyed"])
  }

  @Test("nil without the extension, for an unsupported absence, and for a declined text")
  func absent() throws {
    #expect(try Fixture.variant().maskedScorer(for: masking(2, .remove)) == nil)
    let removing = try Fixture.open("order.c", ["MODES": "(1u << TX_ABSENT_REMOVE)"])
    #expect(try removing.maskedScorer(for: masking(2, .replace(with: "x"))) == nil)
    #expect(try removing.maskedScorer(for: masking(2, .remove)) != nil)
    let declining = try Fixture.open("order.c", ["PREPARE_CODE": "TX_E_UNSUPPORTED"])
    #expect(try declining.maskedScorer(for: masking(2, .remove)) == nil)
  }

  @Test("any other failure of prepare is an error")
  func failing() throws {
    let failing = try Fixture.open("order.c", ["PREPARE_CODE": "TX_E_INTERNAL"])
    expect(.classifierFailed, saying: "\"order\"", "preparing the text \"«aé", "not this text") {
      _ = try failing.maskedScorer(for: masking(2, .remove))
    }
    let empty = try Fixture.open("order.c", ["PREPARED": "NULL"])
    expect(.classifierFailed, saying: "prepare succeeds without a result") {
      _ = try empty.maskedScorer(for: masking(2, .remove))
    }
    let torn = try Fixture.open("order.c", ["RELEASE": "NULL"])
    expect(.classifierFailed, saying: "textexplain.masked/1 lacks a function") {
      _ = try torn.maskedScorer(for: masking(2, .remove))
    }
  }

  @Test("a text longer than the model reads is refused before it is prepared")
  func tooLong() throws {
    let short = try Fixture.open(
      "order.c", ["MAX_TEXT_BYTES": "11", "PREPARE_CODE": "TX_E_INTERNAL"])
    expect(.textTooLong, saying: "12 bytes", "the 11 that plugin \"order\"") {
      _ = try short.maskedScorer(for: masking(2, .remove))
    }
  }

  @Test("scores of subsets are validated, and the error quotes the rendered text")
  func validated() throws {
    let wrong = try Fixture.open("order.c", ["MASKED_SHIFT": "5000"])
    let scorer = try #require(try wrong.maskedScorer(for: masking(3, .replace(with: "_"))))
    expect(.invalidScores, saying: "row 0", "«aé \\u{0}_ \\u{0}_") {
      _ = try scorer.scores(ofMasks: [1, 2], rows: 2)
    }
  }
}

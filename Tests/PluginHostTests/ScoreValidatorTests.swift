import Classification
import Testing

@Suite("ScoreValidator")
struct ScoreValidatorTests {
  private func validate(_ kind: OutputKind, _ rows: [[Double]]) throws {
    let outputs = rows.first?.count ?? 1
    var scores = ScoreMatrix(rows: rows.count, outputs: outputs)
    scores.values = rows.flatMap { $0 }
    let labels = (0..<outputs).map { "label\($0)" }
    let description = ClassifierDescription(
      id: "x", name: "model", version: "1.0.0", outputKind: kind, labels: labels)
    try ScoreValidator(description).validate(
      scores, of: TextBatch(rows.indices.map { "text\($0)" }))
  }

  @Test(
    "accepted rows, up to the tolerance",
    arguments: [
      (.probability, [0.5, 0.5]), (.probability, [1, 0]), (.probability, [1.0009, -0.0005]),
      (.probability, [0.5, 0.5009]), (.probability, [1]), (.multilabel, [1, 1, 0]),
      (.multilabel, [1.0009, -0.0009]),
      (.logProbability, [-0.6931471805599453, -0.6931471805599453]),
      (.logProbability, [1e-9, -800]), (.logit, [-1e300, 7]), (.regression, [1e300]),
      (.margin, [-3, 0]),
    ] as [(OutputKind, [Double])])
  func accepted(kind: OutputKind, row: [Double]) throws {
    try validate(kind, [row])
  }

  @Test(
    "refused rows, just past the tolerance",
    arguments: [
      (.probability, [0.5, 0.5011], "sum to 1.0011"), (.probability, [0.5, 0.498], "sum to 0.998"),
      (.probability, [1.0011, 0], "label0"), (.probability, [1, -0.0011], "label1"),
      (.multilabel, [0, 1.0011], "label1"), (.multilabel, [-0.0011], "label0"),
      (.logProbability, [0.0011, -800], "label0"), (.logProbability, [-0.7, -0.71], "sum to 0.98"),
      (.probability, [], "sum to 0.0"),
    ] as [(OutputKind, [Double], String)])
  func refused(kind: OutputKind, row: [Double], message: String) {
    let good: [Double] = kind == .logProbability ? [0, -800] : [1, 0]
    let rows = row.count == 2 ? [good, row] : [row]
    expect(
      .invalidScores, saying: "\"model\"", message, "text\(rows.count - 1)", "row \(rows.count - 1)"
    ) {
      try validate(kind, rows)
    }
  }

  @Test("NaN and infinities are refused for every kind", arguments: OutputKind.allCases)
  func notFinite(kind: OutputKind) {
    for value in [Double.nan, .infinity, -.infinity] {
      expect(.notFinite, saying: "label1", "\(value)") { try validate(kind, [[0, value]]) }
    }
  }

  @Test("the first bad row is reported")
  func firstRow() {
    expect(.invalidScores, saying: "row 1", "\"text1\"") {
      try validate(.probability, [[0.5, 0.5], [0.1, 0.1], [.nan, 0]])
    }
  }
}

@Suite("TextExcerpt")
struct TextExcerptTests {
  @Test(
    "controls, quotes and bidirectional overrides are escaped",
    arguments: [
      ("plain é 好 🙂", "\"plain é 好 🙂\""), ("", "\"\""), ("a\nb\r\tc", "\"a\\nb\\r\\tc\""),
      ("\u{1B}[31m\0\u{7f}", "\"\\u{1B}[31m\\u{0}\\u{7F}\""),
      ("say \"hi\" \\", "\"say \\\"hi\\\" \\\\\""),
      ("\u{202E}x\u{2028}", "\"\\u{202E}x\\u{2028}\""),
    ])
  func escapes(text: String, shown: String) {
    #expect(TextExcerpt(of: text).description == shown)
  }

  @Test("cut after the limit, and only then")
  func limit() {
    #expect(TextExcerpt(of: "abcd", limit: 4).description == "\"abcd\"")
    #expect(TextExcerpt(of: "abcde", limit: 4).description == "\"abcd…\"")
    #expect(TextExcerpt(of: "ééééé", limit: 4).description == "\"éééé…\"")
    #expect(TextExcerpt(of: "🙂🙂🙂🙂", limit: 4).description == "\"🙂🙂🙂🙂\"")
    #expect(TextExcerpt(of: String(repeating: "🙂", count: 99), limit: 1).description == "\"🙂…\"")
  }

  @Test("invalid UTF-8 is shown as replacement characters")
  func invalid() {
    #expect(TextExcerpt(of: [0x61, 0xff, 0x62]).description == "\"a\u{fffd}b\"")
  }
}

@Suite("Reference rendering")
struct MaskingRenderingTests {
  private let text = Array("a b, c!".utf8)
  private let pieces = [0..<1, 2..<3, 5..<6]

  private func render(_ mask: UInt64, _ absent: Masking.Absent) -> String {
    var batch = TextBatch(["before"])
    Masking(text: text, pieces: pieces, absent: absent).render(mask: [mask], into: &batch)
    #expect(batch.count == 2)
    return String(decoding: batch.bytes[batch.range(of: 1)], as: UTF8.self)
  }

  @Test("bytes outside the pieces stay, absent pieces leave nothing or the filler")
  func rendering() {
    #expect(render(0b111, .remove) == "a b, c!")
    #expect(render(0b000, .remove) == " , !")
    #expect(render(0b101, .remove) == "a , c!")
    #expect(render(0b010, .replace(with: "<é>")) == "<é> b, <é>!")
    #expect(render(0b111, .replace(with: "<é>")) == "a b, c!")
  }
}

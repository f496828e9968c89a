import Classification
import PluginHost
import Testing
import _TestSupport

@Suite("A worker against the same plugin in this process")
struct WorkerParityTests {
  private let texts = TextBatch(["", "a", "not good", "naïve \u{0} 映画 🎬", "x"])

  @Test(
    "descriptions and scores are equal",
    arguments: [
      ("order.c", [:]), ("variant.c", ["MAX_BATCH": "3", "TOLERANCE": "1e-5"]),
      ("variant.c", ["KIND": "TX_OUT_REGRESSION", "SCORE_BATCH": "1", "MAX_BATCH": "2"]),
      ("variant.c", ["ROW_FLAG": "TX_ROW_TRUNCATED"]),
    ] as [(String, [String: String])])
  func equal(source: String, defines: [String: String]) throws {
    let here = try Fixture.open(source, defines)
    let there = try Hostile.inWorker(try CCompiler.plugin(source, defines))
    #expect(there.description == here.description)
    #expect(there.file == here.file)
    // The first call measures; from the second on calls are as large as here.
    for _ in 0..<2 {
      #expect(try there.scores(of: TextBatch()) == here.scores(of: TextBatch()))
      _ = try there.scores(of: TextBatch(["warm"]))
    }
    #expect(try there.scores(of: texts) == here.scores(of: texts))
  }

  @Test("subsets of prepared texts are scored alike, two texts by turns")
  func masks() throws {
    let here = try Fixture.open("order.c")
    let there = try Hostile.inWorker(try CCompiler.plugin("order.c"))
    let first = Masking(
      text: Array("not so good".utf8), pieces: [0..<3, 4..<6, 7..<11], absent: .remove)
    let second = Masking(
      text: Array("ab".utf8), pieces: [0..<1, 1..<2], absent: .replace(with: "…"))
    let masks = (UInt64(0)..<8).map { $0 }
    for masking in [first, second, first] {
      let rows = 1 << masking.pieces.count
      let mine = try #require(try here.maskedScorer(for: masking))
      let other = try #require(try there.maskedScorer(for: masking))
      let expected = try mine.scores(ofMasks: masks[..<rows], rows: rows)
      #expect(try other.scores(ofMasks: masks[..<rows], rows: rows) == expected)
    }
    #expect(try Hostile.open().maskedScorer(for: first) == nil)
  }

  @Test(
    "what cannot be opened fails with the same error",
    arguments: [
      ["INFO": "NULL"], ["OUTPUTS": "0"], ["LABELS": "\"a\", \"a\""], ["LABELS": "\"a\", NULL"],
      ["LABELS": "\"a\", \"\\xff\""], ["KIND": "77"], ["TOLERANCE": "NAN"], ["ID": "NULL"],
      ["NAME": "\"\\xff\""], ["VERSION": "NULL"], ["REFUSAL": "\"needs a GPU\""],
      ["ENTRY": "another_name"], ["LIBRARY": "NULL"], ["CLASSIFIER": "NULL"],
      ["CREATE_CODE": "TX_E_MODEL", "MESSAGE": "\"no file\""], ["CREATE_CODE": "TX_E_OPTION"],
    ])
  func openErrors(defines: [String: String]) throws {
    let path = try CCompiler.plugin("variant.c", defines)
    let here = #expect(throws: PluginError.self) { _ = try Fixture.open("variant.c", defines) }
    let there = #expect(throws: PluginError.self) { _ = try Hostile.inWorker(path) }
    #expect(there == here)
  }

  @Test(
    "what cannot be scored fails with the same error",
    arguments: [
      ["SCORE_0": "NAN"], ["SCORE_1": "INFINITY"], ["SCORE_0": "0.5"],
      ["ROW_FLAG": "TX_ROW_FAILED"],
      ["PREDICT_CODE": "TX_E_INTERNAL", "MESSAGE": "\"no weights\""],
      ["PREDICT_CODE": "TX_E_TOO_LONG"], ["MAX_TEXT_BYTES": "4"],
    ])
  func scoreErrors(defines: [String: String]) throws {
    let here = try Fixture.variant(defines)
    let there = try Hostile.inWorker(try CCompiler.plugin("variant.c", defines))
    let one = TextBatch(["a text x"])
    let expected = #expect(throws: ClassifierError.self) { _ = try here.scores(of: one) }
    let found = #expect(throws: ClassifierError.self) { _ = try there.scores(of: one) }
    #expect(found == expected)
  }

  @Test("what the plugin logs arrives, whatever its bytes")
  func logs() throws {
    let log = PluginLogRecorder()
    _ = try Hostile.inWorker(try CCompiler.plugin("variant.c"), log: log)
    #expect(log.texts == ["opened by ", "textexplain", "9.8.7", "a\0\u{fffd}", ""])
    #expect(log.messages.map(\.level) == [.debug, .info, .warning, .error, .error])
  }

  @Test("10,000 outputs and a huge preferred batch are nothing special")
  func extremes() throws {
    let wide = try Hostile.open(["OUTPUTS": "10000", "PREFERRED": "4294967295u"])
    #expect(wide.description.labels.count == 10_000)
    #expect(wide.description.labels.last == "score9999")
    let scores = try wide.scores(of: TextBatch(["abc", ""]))
    #expect(scores[row: 0].last == 10_002.0)
    #expect(scores[row: 1].first == 0)
  }
}

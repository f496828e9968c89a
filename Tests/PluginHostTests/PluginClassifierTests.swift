import Classification
import CTextExplain
import PluginHost
import Testing
import _TestSupport

@Suite("PluginClassifier")
struct PluginClassifierTests {
  @Test("the description is what descriptor and info say")
  func description() throws {
    let classifier = try Fixture.variant([
      "MAX_BATCH": "3", "MAX_TEXT_BYTES": "40", "TOLERANCE": "1e-5",
    ])
    #expect(
      classifier.description
        == ClassifierDescription(
          id: "org.example.variant", name: "variant", version: "1.2.3", modelID: "sha256:abc",
          outputKind: .probability, labels: ["no", "yes"], tolerance: 1e-5, maximumBatch: 3,
          maximumTextBytes: 40, typicalCostMicroseconds: 1500, isBatchInvariant: true))
    #expect(classifier.fileName.hasSuffix(".so"))
    #expect(classifier.sha256.count == 64)
    #expect(classifier.file.path.hasSuffix("/" + classifier.fileName))
  }

  @Test(
    "every output kind arrives",
    arguments: zip(
      OutputKind.allCases,
      [
        "TX_OUT_PROBABILITY", "TX_OUT_MULTILABEL", "TX_OUT_LOG_PROBABILITY", "TX_OUT_LOGIT",
        "TX_OUT_REGRESSION", "TX_OUT_MARGIN",
      ]))
  func kinds(kind: OutputKind, constant: String) throws {
    let isLog = kind == .logProbability
    let classifier = try Fixture.variant([
      "KIND": constant, "SCORE_0": isLog ? "-log(4.0)" : "0.25",
      "SCORE_1": isLog ? "log(0.75)" : "0.75",
    ])
    #expect(classifier.description.outputKind == kind)
    #expect(try classifier.scores(of: TextBatch(["a"])).rows == 1)
  }

  @Test("fields past an older struct's size are absent, a larger struct is fine")
  func growth() throws {
    let older = try Fixture.variant(["INFO_SIZE": "offsetof(tx_info, model_id)"]).description
    #expect(older.modelID == nil)
    #expect(older.typicalCostMicroseconds == 0)
    #expect(older.labels == ["no", "yes"])
    let cut = try Fixture.variant(["INFO_SIZE": "(offsetof(tx_info, typical_cost_us) + 3)"])
      .description
    #expect(cut.modelID == "sha256:abc")
    #expect(cut.typicalCostMicroseconds == 0)
    let newer = try Fixture.variant([
      "INFO_SIZE": "sizeof info_table", "CLASSIFIER_SIZE": "sizeof classifier_table",
    ]).description
    #expect(newer.typicalCostMicroseconds == 1500)
    let masking = Masking(text: [], pieces: [], absent: .remove)
    let short = try Fixture.variant([
      "CLASSIFIER_SIZE": "offsetof(tx_classifier, get_extension)", "ABORTING_EXTENSION": "",
    ])
    #expect(try short.maskedScorer(for: masking) == nil)
  }

  @Test(
    "an info that breaks the contract is refused",
    arguments: [
      (["INFO": "NULL"], "info answers null"),
      (["INSTANCE": "NULL"], "without an instance"),
      (["OUTPUTS": "0"], "no outputs"),
      (["LABELS": "\"a\", \"a\""], "label \"a\" occurs twice"),
      (["LABELS": "\"a\", \"\""], "label 1 is empty"),
      (["LABELS": "\"a\", NULL"], "label 1 is missing"),
      (["LABELS": "\"a\", \"\\xff\""], "label 1 is not UTF-8"),
      (["KIND": "0"], "output kind 0 is unknown"),
      (["KIND": "77"], "output kind 77 is unknown"),
      (["TOLERANCE": "-1"], "tolerance is -1"),
      (["TOLERANCE": "INFINITY"], "tolerance is inf"),
      (["TOLERANCE": "NAN"], "tolerance is nan"),
      (["INFO_SIZE": "offsetof(tx_info, labels)"], "table of labels is missing"),
      (["INFO_SIZE": "0"], "output kind is missing"),
    ] as [([String: String], String)])
  func badInfo(defines: [String: String], message: String) {
    expect(.openFailed, saying: "\"variant\" breaks the contract", message) {
      _ = try Fixture.variant(defines)
    }
  }

  @Test(
    "each code of create becomes an error with the plugin's own words",
    arguments: [
      ("TX_E_OPTION", .invalidOption), ("TX_E_MODEL", .unusableModel),
      ("TX_E_INTERNAL", .openFailed), ("TX_E_ARGUMENT", .openFailed), ("TX_E_NOMEM", .openFailed),
      ("TX_E_UNSUPPORTED", .openFailed), ("TX_E_CANCELLED", .openFailed),
      ("TX_E_DEADLINE", .openFailed), ("TX_E_ENCODING", .openFailed),
      ("TX_E_TOO_LONG", .openFailed), ("TX_E_DEVICE", .openFailed), ("TX_E_HOST", .openFailed),
      ("-99", .openFailed), ("1", .openFailed),
    ] as [(String, PluginError.Code)])
  func createCodes(code: String, expected: PluginError.Code) {
    expect(expected, saying: "plugin \"variant\"", "no file \\u{1B}[31mx") {
      _ = try Fixture.variant(["CREATE_CODE": "(\(code))", "MESSAGE": "\"no file \\033[31mx\""])
    }
  }

  @Test("a code without a message still says something")
  func silentCodes() {
    expect(.openFailed, saying: "ran out of memory") {
      _ = try Fixture.variant(["CREATE_CODE": "TX_E_NOMEM"])
    }
    expect(.openFailed, saying: "unknown code -99") {
      _ = try Fixture.variant(["CREATE_CODE": "(-99)"])
    }
    expect(.openFailed, saying: "unknown code 1") {
      _ = try Fixture.variant(["CREATE_CODE": "1"])
    }
  }

  @Test("a message that is no UTF-8 is repaired, a length that lies is cut to the room")
  func badMessages() {
    expect(.unusableModel, saying: "caf\u{fffd}") {
      _ = try Fixture.variant(["CREATE_CODE": "TX_E_MODEL", "MESSAGE": "\"caf\\xe9\""])
    }
    let error = #expect(throws: PluginError.self) {
      try Fixture.variant([
        "CREATE_CODE": "TX_E_MODEL", "MESSAGE": "\"\(String(repeating: "m", count: 2000))\"",
        "MESSAGE_LENGTH": "4000000000u",
      ])
    }
    #expect(error?.message.hasSuffix(": " + String(repeating: "m", count: 1024)) == true)
  }

  @Test("logged messages arrive with level and text, and destroy is called once")
  func log() throws {
    let log = PluginLogRecorder()
    do {
      let classifier = try Fixture.open("variant.c", log: log)
      #expect(log.texts == ["opened by ", "textexplain", "9.8.7", "a\0\u{fffd}", ""])
      #expect(log.messages.map(\.level) == [.debug, .info, .warning, .error, .error])
      _ = try classifier.scores(of: TextBatch(["a"]))
    }
    #expect(log.texts.dropFirst(5) == ["destroyed"])
  }

  @Test("scores arrive row by row; a batch may be empty, and so may a text")
  func scores() throws {
    let classifier = try Fixture.variant()
    let scores = try classifier.scores(of: TextBatch(["a", "", "b\0c"]))
    #expect(scores.values == [0.25, 0.75, 0.25, 0.75, 0.25, 0.75])
    #expect(scores.flags == [[], [], []])
    #expect(try classifier.scores(of: TextBatch()) == ScoreMatrix(rows: 0, outputs: 2))
    #expect(try classifier.scores(of: TextBatch([""])).values == [0.25, 0.75])
  }

  @Test("texts reach the plugin byte for byte, whatever the order and size of batches")
  func bytes() throws {
    let classifier = try Fixture.open("order.c")
    let texts = (0..<23).map { String(repeating: "z\u{0}é", count: $0 % 7) + "\($0)" } + ["", ""]
    let together = try classifier.scores(of: TextBatch(texts))
    for (row, text) in texts.enumerated() {
      let hash = text.utf8.reduce(7) { ($0 * 31 + Int($1)) % 1009 }
      #expect(together.values[2 * row + 1] == Double(hash) / 1009)
      #expect(try classifier.scores(of: TextBatch([text])).values == Array(together[row: row]))
    }
  }

  @Test("calls hold at most max_batch texts")
  func splitting() throws {
    let classifier = try Fixture.variant([
      "MAX_BATCH": "3", "SCORE_BATCH": "", "KIND": "TX_OUT_REGRESSION",
    ])
    let scores = try classifier.scores(of: TextBatch((0..<8).map(String.init)))
    #expect(scores.values == [3, 0, 3, 1, 3, 2, 3, 0, 3, 1, 3, 2, 2, 0, 2, 1])
    #expect(try classifier.scores(of: TextBatch(["a", "b", "c"])).values == [3, 0, 3, 1, 3, 2])
  }

  @Test("row flags arrive with their rows")
  func flags() throws {
    let classifier = try Fixture.variant([
      "ROW_FLAG": "(TX_ROW_TRUNCATED | TX_ROW_UNKNOWN_LANGUAGE)", "MAX_BATCH": "2",
    ])
    let scores = try classifier.scores(of: TextBatch(["a", "b", "x", "c", "ax"]))
    let marked: ScoreMatrix.RowFlags = [.truncated, .unknownLanguage]
    #expect(scores.flags == [[], [], marked, [], marked])
  }

  @Test("a text longer than the model reads is refused before any call")
  func tooLong() throws {
    let classifier = try Fixture.variant(["MAX_TEXT_BYTES": "4", "PREDICT_CODE": "TX_OK"])
    _ = try classifier.scores(of: TextBatch(["1234", "éé"]))
    expect(.textTooLong, saying: "5 bytes", "the 4 that plugin \"variant\"", "\"12345\"") {
      _ = try classifier.scores(of: TextBatch(["a", "12345"]))
    }
  }

  @Test("a failing call names plugin, step, texts and reason")
  func failing() throws {
    let classifier = try Fixture.variant([
      "PREDICT_CODE": "TX_E_DEVICE", "MESSAGE": "\"card on fire\"",
    ])
    expect(
      .classifierFailed, saying: "plugin \"variant\" failed while scoring", "texts 0 to 1",
      "\"first\"",
      "card on fire"
    ) { _ = try classifier.scores(of: TextBatch(["first", "second"])) }
    let long = try Fixture.variant(["PREDICT_CODE": "TX_E_TOO_LONG"])
    expect(.textTooLong, saying: "exceeds what its model can read") {
      _ = try long.scores(of: TextBatch(["a"]))
    }
  }

  @Test(
    "scores that break their kind's promise never arrive",
    arguments: [
      (["SCORE_1": "NAN"], .notFinite, "\"yes\" the score nan"),
      (["SCORE_0": "INFINITY"], .notFinite, "\"no\" the score inf"),
      (["SCORE_0": "-INFINITY", "KIND": "TX_OUT_MARGIN"], .notFinite, "\"no\" the score -inf"),
      (["SCORE_1": "0.7"], .invalidScores, "sum to 0.95"),
      (["SCORE_0": "-0.5", "SCORE_1": "1.5"], .invalidScores, "\"no\" the score -0.5"),
      (["SCORE_1": "1.5", "KIND": "TX_OUT_MULTILABEL"], .invalidScores, "\"yes\" the score 1.5"),
      (["SCORE_1": "0.5", "KIND": "TX_OUT_LOG_PROBABILITY"], .invalidScores, "above 0"),
      (
        ["SCORE_0": "-9", "SCORE_1": "-9", "KIND": "TX_OUT_LOG_PROBABILITY"], .invalidScores,
        "sum to"
      ),
    ] as [([String: String], ClassifierError.Code, String)])
  func badScores(defines: [String: String], code: ClassifierError.Code, message: String) throws {
    let classifier = try Fixture.variant(defines)
    expect(code, saying: "classifier \"variant\"", message, "row 0", "\"the text\"") {
      _ = try classifier.scores(of: TextBatch(["the text"]))
    }
  }

  @Test("a failed or a forgotten row is an error that names its text")
  func badRow() throws {
    let failing = try Fixture.variant(["ROW_FLAG": "TX_ROW_FAILED"])
    _ = try failing.scores(of: TextBatch(["a", "b"]))
    expect(.classifierFailed, saying: "could not score", "row 2", "\"box\"") {
      _ = try failing.scores(of: TextBatch(["a", "b", "box"]))
    }
    let forgetful = try Fixture.variant(["FORGET_MARKED": ""])
    expect(.notFinite, saying: "row 1", "\"x\"") {
      _ = try forgetful.scores(of: TextBatch(["a", "x"]))
    }
  }

  @Test("two instances of one library are independent")
  func instances() throws {
    let first = try Fixture.open("order.c")
    let second = try Fixture.open("order.c")
    let batch = TextBatch(["same"])
    #expect(try first.scores(of: batch) == second.scores(of: batch))
  }
}

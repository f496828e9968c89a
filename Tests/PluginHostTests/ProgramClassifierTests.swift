import Classification
import PluginHost
import Synchronization
import Testing
import _TestSupport

/// A program for the library's user; what the command makes of it is tested with the command.
@Suite("Programs as classifiers")
struct ProgramClassifierTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Scores a text by its length; dies of "die", and counts its starts in a file.
  private func open(
    greeting: String = #""maxBatch": 3, "typicalMilliseconds": 2.5, "modelID": "m1""#,
    _ hosting: PluginHosting = PluginHosting(), log: @escaping PluginLog = { _ in }
  ) throws -> ProgramClassifier {
    let path = try folder.write(
      "length.py",
      """
      import json, sys
      with open(sys.argv[1], "a") as starts:
          starts.write("start\\n")
      kind = "regression" if open(sys.argv[1]).read().count("start") < 4 else "margin"
      facts = '"textexplain": 1, "labels": ["length"], "outputKind": "%s"' % kind
      print("{" + facts + ', \(greeting)}', flush=True)
      for line in sys.stdin:
          question = json.loads(line)
          if "die" in question["texts"]:
              sys.exit("as told")
          if "complain" in question["texts"]:
              print(json.dumps({"id": question["id"], "error": "I do not like it"}), flush=True)
              continue
          rows = [[len(text) + len(question["texts"]) / 10] for text in question["texts"]]
          print(json.dumps({"id": question["id"], "scores": rows}), flush=True)
      """)
    let command = try ProgramCommand("/usr/bin/python3 \(path) \(folder("starts"))")
    return try hosting.open(command, log: log)
  }

  @Test("describe themselves in their greeting")
  func description() throws {
    let description = try open().description
    #expect(description.name == "length.py")
    #expect(description.labels == ["length"] && description.outputKind == .regression)
    #expect(description.modelID == "m1" && description.typicalCostMicroseconds == 2500)
    #expect(description.maximumBatch == 3 && description.rowsPerCall == 3)
    #expect(!description.isBatchInvariant)
  }

  @Test("are asked for as many texts at a time as they take, cut at the same places always")
  func batches() throws {
    let program = try open()
    let texts = (1...7).map { String(repeating: "a", count: $0) }
    let scores = try program.scores(of: TextBatch(texts))
    #expect(scores.values == [1.3, 2.3, 3.3, 4.3, 5.3, 6.3, 7.1])
    #expect(try program.scores(of: TextBatch()).rows == 0)
    #expect(try program.scores(of: TextBatch(["é😀"])).values == [2.1])
  }

  @Test("start again after they failed, as long as they stay who they are")
  func restart() throws {
    let program = try open()
    for _ in 0..<2 {
      #expect(try program.scores(of: TextBatch(["abc"])).values == [3.1])
      let error = try #require(throws: ClassifierError.self) {
        try program.scores(of: TextBatch(["die"]))
      }
      #expect(error.code == .crashed && error.message.contains("exit code 1"))
      #expect(error.message.hasSuffix("its last line on standard error: as told"))
    }
    #expect(try program.scores(of: TextBatch(["abc"])).values == [3.1])
    let complaint = try #require(throws: ClassifierError.self) {
      try program.scores(of: TextBatch(["complain"]))
    }
    #expect(complaint.code == .classifierFailed)
    #expect(complaint.message.hasSuffix("says that it cannot score: I do not like it"))
    // That is an answer as good as any: the same process goes on.
    #expect(try program.scores(of: TextBatch(["abc"])).values == [3.1])
    #expect(try folder.read(folder("starts")) == "start\nstart\nstart\n")
    #expect(throws: ClassifierError.self) { try program.scores(of: TextBatch(["die"])) }
    let changed = try #require(throws: ClassifierError.self) {
      try program.scores(of: TextBatch(["abc"]))
    }
    #expect(changed.message.contains("describes itself differently"))
  }

  @Test("that do not answer alike say so in a warning")
  func deterministic() throws {
    let messages = Mutex<[PluginLogMessage]>([])
    for (claim, count) in [("true", 0), ("false", 1)] {
      messages.withLock { $0 = [] }
      _ = try open(greeting: "\"deterministic\": \(claim)") { message in
        messages.withLock { $0.append(message) }
      }
      #expect(messages.withLock { $0.count } == count)
    }
  }

  @Test("that cannot be started are errors of their own")
  func starting() throws {
    var hosting = PluginHosting()
    let error = try #require(throws: PluginError.self) {
      try hosting.open(ProgramCommand("no-such-program"))
    }
    #expect(error.code == .programNotFound && error.category == .unavailable)
    hosting.worker = "/bin/true"
    let other = try #require(throws: PluginError.self) { try hosting.open(ProgramCommand("cat")) }
    #expect(other.code == .workerUnavailable && other.message.contains("/bin/true"))
  }
}

import Classification
import Glibc
import PluginHost
import Synchronization
import Testing
import _TestSupport

@Suite("Calls of plugins in their workers")
struct WorkerCallTests {
  /// What a call of 32 rows gets where each row counts its company and those before it.
  private static let counting = ["FLAGS": "0", "COMPANY": "1e-9", "TOLERANCE": "1e-6"]

  private static let batch = TextBatch((0..<100).map { String(repeating: "x", count: $0 % 17) })

  @Test(
    "whoever may score differently in other company is called at fixed places, always",
    arguments: ["TX_IS_BATCH_INVARIANT", "0"])
  func fixedCuts(flags: String) throws {
    let defines = Self.counting.merging(["FLAGS": flags]) { $1 }
    let alone = try Fixture.open("hostile.c", defines).scores(of: Self.batch)
    let plugin = try Hostile.open(defines) { $0.threads = 4 }
    for _ in 0..<3 { #expect(try plugin.scores(of: Self.batch) == alone) }
    // The last call has four rows.
    let last = alone.values[99] - Double(99 % 17)
    #expect(flags == "0" || abs(last - 4e-9) < 1e-12)
  }

  @Test("a call that failed once scores what it would have scored at first")
  func secondChance() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("stuck", "")
    // The plugin's folder can be read, and this lies in it.
    let library = try folder.write(
      "p.so",
      folder.bytes(
        of: CCompiler.plugin(
          "hostile.c",
          Self.counting.merging([
            "ON_CALL":
              "if (count == 32 && access(\"\(path)\", F_OK) == 0) { fputs(\"stuck\\n\", stderr); hang(); }"
          ]) { $1 })))
    var hosting = PluginHosting()
    hosting.timeout = .seconds(4)
    hosting.threads = 1
    let plugin = try hosting.open(library) { message in
      if message.text == "stderr: stuck" { unlink(path) }
    }
    let expected = try Fixture.open("hostile.c", Self.counting).scores(of: Self.batch)
    #expect(try plugin.scores(of: Self.batch) == expected)
    #expect(access(path, F_OK) != 0)
  }

  @Test("a call that fails again is an error, though each of its texts can be scored")
  func noThirdChance() throws {
    let defines = Self.counting.merging(["ON_CALL": "if (count == 32) hang()"]) { $1 }
    let plugin = try Hostile.open(defines) { $0.timeout = .seconds(2) }
    expect(.timedOut, saying: "longer than 2 s while scoring 32 texts in one call") {
      _ = try plugin.scores(of: Self.batch)
    }
    let worker = try #require(plugin as? WorkerClassifier)
    let result = try worker.scoresWithFailures(of: Self.batch)
    #expect(result.failures.keys.sorted() == Array(0..<96))
    #expect(result.scores.flags[99] == [])
  }

  @Test("where company matters too, only the texts that kill the worker are lost")
  func culprits() throws {
    var texts = (0..<100).map { "text \($0)" }
    texts[40] = "exit"
    texts[41] = "crash"
    let plugin = try Hostile.open(Self.counting)
    let worker = try #require(plugin as? WorkerClassifier)
    let result = try worker.scoresWithFailures(of: TextBatch(texts))
    #expect(result.failures.keys.sorted() == [40, 41])
    let whole = try worker.scores(of: TextBatch(texts[..<32]))
    #expect(result.scores.values[..<32] == whole.values[...])
    let rest = try worker.scores(of: TextBatch(texts[42..<64]))
    #expect(result.scores.values[42..<64] == rest.values[...])
  }

  @Test("another worker that cannot be started is done without, and said")
  func fewerWorkers() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.bytes(of: CCompiler.plugin("hostile.c", ["DELAY_US": "1000"]))
    let path = try folder.write("p.so", bytes)
    let log = PluginLogRecorder()
    let plugin = try Hostile.inWorker(path, log: log) { $0.threads = 4 }
    let worker = try #require(plugin as? WorkerClassifier)
    _ = try worker.scores(of: TextBatch((0..<64).map(String.init)))
    rename(try folder.write("new.so", bytes + [0]), path)
    worker.expect(rows: 1_000_000)
    let scores = try worker.scores(of: Self.batch)
    #expect(scores.values == (0..<100).map { Double($0 % 17) })
    #expect(worker.workerCount == 1)
    #expect(log.texts.count { $0.contains("another process for it cannot be started") } == 1)
  }

  @Test("every worker has a scratch folder of its own, and none is left")
  func scratch() throws {
    let log = PluginLogRecorder()
    let write = """
      do { char path[200]; int f; snprintf(path, 200, "%s/x", getenv("TMPDIR")); \
      f = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600); \
      fprintf(stderr, "%d %s\\n", f >= 0, getenv("TMPDIR")); } while (0)
      """
    do {
      let plugin = try Hostile.open(["NEEDS": "TX_NEEDS_SCRATCH", "ON_CREATE": write], log: log)
      for _ in 0..<2 { _ = try? plugin.scores(of: TextBatch(["crash"])) }
      _ = try plugin.scores(of: TextBatch(["fine"]))
    }
    let lines = log.texts.filter { $0.hasPrefix("stderr: ") }
    #expect(lines.count == 3 && Set(lines).count == 3)
    for line in lines {
      #expect(line.hasPrefix("stderr: 1 "))
      #expect(access(String(line.dropFirst(10)), F_OK) != 0)
    }
  }

  @Test("a long message is cut at a character, and its plugin goes on")
  func longMessage() throws {
    let log = PluginLogRecorder()
    let plugin = try Hostile.open(log: log)
    #expect(try plugin.scores(of: TextBatch(["novel"])).values == [5])
    let text = try #require(log.texts.first { $0.hasPrefix("n") })
    #expect(text == "n" + String(repeating: "€", count: 1365) + "…")
  }

  @Test("messages that nobody sees do not count")
  func threshold() throws {
    let log = PluginLogRecorder()
    let plugin = try Hostile.open(log: log) { $0.logLevel = .warning }
    #expect(try plugin.scores(of: TextBatch(["mutter"])).values == [6])
    #expect(log.texts == ["at last"])
    let inProcess = PluginLogRecorder()
    let other = try Hostile.open(log: inProcess) {
      $0.logLevel = .warning
      $0.isInProcess = true
    }
    _ = try other.scores(of: TextBatch(["mutter"]))
    #expect(inProcess.texts == ["at last"])
  }

  @Test("a worker whose end somebody else has taken note of is ended without a reason")
  func stolenEnd() throws {
    var hosting = PluginHosting()
    hosting.threads = 1
    let plugin = try hosting.open(CCompiler.plugin("hostile.c")) { message in
      guard message.text.hasPrefix("stderr: pid "), let id = pid_t(message.text.dropFirst(12))
      else { return }
      var status: Int32 = 0
      while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    }
    let error = #expect(throws: ClassifierError.self) {
      _ = try plugin.scores(of: TextBatch(["pid exit"]))
    }
    #expect(error?.message.contains("ended its process while scoring") == true)
    #expect(try plugin.scores(of: TextBatch(["ab"])).values == [2])
  }

  @Test("closing all descriptors does no harm")
  func closing() throws {
    let plugin = try Hostile.open()
    #expect(try plugin.scores(of: TextBatch(["close"])).values == [5])
    #expect(try plugin.scores(of: TextBatch(["ab"])).values == [2])
  }

  @Test(
    "writing past the outputs is reported by name, in a worker and without",
    arguments: [
      ("overrun", "past the 2 outputs of row 0"), ("overflow", "past the last of 1 rows"),
      ("banner", "past the last of 1 rows"),
    ], [true, false])
  func margins(fault: (word: String, story: String), isInProcess: Bool) throws {
    let plugin = try Hostile.open(["OUTPUTS": "2"]) { $0.isInProcess = isInProcess }
    expect(ClassifierError.Code.classifierFailed, saying: "breaks the contract", fault.story) {
      _ = try plugin.scores(of: TextBatch([fault.word]))
    }
    #expect(try plugin.scores(of: TextBatch(["abc"])).values == [3, 4])
  }

  @Test("seed and deadline reach the plugin, in a worker and without", arguments: [true, false])
  func terms(isInProcess: Bool) throws {
    let plugin = try Hostile.open {
      $0.isInProcess = isInProcess
      $0.seed = 4711
      $0.timeout = .seconds(1)
    }
    #expect(try plugin.scores(of: TextBatch(["seed"])).values == [4711])
    expect(.timedOut, saying: "ran out of time") {
      _ = try plugin.scores(of: TextBatch(["patient"]))
    }
    #expect(try plugin.scores(of: TextBatch(["abc"])).values == [3])
  }
}

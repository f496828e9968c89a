import Classification
import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("Plugins that misbehave in their worker")
struct WorkerFaultTests {
  private static let faults: [(word: String, story: String)] = [
    ("crash", "crashed with signal 11"), ("abort", "crashed with signal 6"),
    ("trap", "crashed with signal 4"), ("exit", "ended its process with exit code 3"),
    ("shut", "closed its connection"), ("code 75", "exit code 75"), ("forge", "makes no sense"),
    ("version", "version 99"), ("kind", "unknown kind 99"), ("question", "another question"),
    ("long", "announces 4294967295 bytes"), ("short", "shorter than what it announces"),
    ("shape", "7 × 1 scores instead of 1 × 1"), ("partial", "exit code 0"),
    ("eat", "crashed with signal 6"),
  ]

  @Test(
    "each fault names plugin, deed, step and text, and the next text is scored", arguments: faults)
  func fault(word: String, story: String) throws {
    let plugin = try Hostile.open {
      $0.memoryLimit = 1 << 29
      $0.timeout = .seconds(60)
    }
    expect(
      ClassifierError.Code.crashed, saying: "plugin \"hostile\" ", story,
      "while scoring the text \"please \(word) now\""
    ) {
      _ = try plugin.scores(of: TextBatch(["please \(word) now"]))
    }
    #expect(try plugin.scores(of: TextBatch(["fine"])).values == [4])
  }

  @Test("only the texts that kill the worker are lost, and an explanation gets the first of them")
  func bisection() throws {
    let plugin = try Hostile.open()
    var texts = (0..<300).map { "text \($0)" }
    texts[17] = "exit"
    texts[18] = "crash"
    texts[299] = "shape of things"
    let worker = try #require(plugin as? WorkerClassifier)
    _ = try worker.scores(of: TextBatch(["first"]))
    let result = try worker.scoresWithFailures(of: TextBatch(texts))
    #expect(result.failures.keys.sorted() == [17, 18, 299])
    #expect(result.failures[18]?.message.contains("the text \"crash\"") == true)
    for row in 0..<300 where result.failures[row] == nil {
      #expect(result.scores.values[row] == Double(texts[row].utf8.count))
      #expect(result.scores.flags[row] == [])
    }
    #expect([17, 18, 299].allSatisfy { result.scores.values[$0].isNaN })
    #expect([17, 18, 299].allSatisfy { result.scores.flags[$0] == .failed })
    expect(ClassifierError.Code.crashed, saying: "exit code 3", "\"exit\"") {
      _ = try worker.scores(of: TextBatch(texts))
    }
  }

  @Test("texts that are too long or scored wrongly are lost alone, too")
  func rowFailures() throws {
    let plugin = try Hostile.inWorker(
      CCompiler.plugin("variant.c", ["MAX_TEXT_BYTES": "4", "ROW_FLAG": "TX_ROW_FAILED"]))
    let worker = try #require(plugin as? WorkerClassifier)
    let result = try worker.scoresWithFailures(of: TextBatch(["a", "abcde", "x", "b"]))
    #expect(result.failures.mapValues(\.code) == [1: .textTooLong, 2: .classifierFailed])
    #expect(result.scores[row: 3] == [0.25, 0.75])
  }

  @Test("a hang ends with the time-out, and costs the others little")
  func hang() throws {
    let plugin = try Hostile.open { $0.timeout = .seconds(2) }
    let worker = try #require(plugin as? WorkerClassifier)
    expect(.timedOut, saying: "took longer than 2 s while scoring the text \"hang\"") {
      _ = try worker.scores(of: TextBatch(["hang"]))
    }
    _ = try worker.scores(of: TextBatch(["first"]))
    let result = try worker.scoresWithFailures(of: TextBatch(["a", "hang", "bc", "def"]))
    #expect(result.failures.mapValues(\.code) == [1: .timedOut])
    #expect(result.scores.values[3] == 3)
  }

  @Test("a time-out says that it may be for want of memory")
  func memory() throws {
    let limited = try Hostile.open {
      $0.timeout = .seconds(3)
      $0.memoryLimit = 1 << 29
    }
    let error = #expect(throws: ClassifierError.self) {
      _ = try limited.scores(of: TextBatch(["swell"]))
    }
    #expect(error?.code == .timedOut)
    let message = try #require(error?.message)
    #expect(
      message.contains(
        /longer than 3 s, and (4[1-9]\d|5\d\d) MiB of the 512 MiB of memory that --memory-limit allows, while/
      ), "\(message)")
    #expect(error?.help?.contains("more memory with --memory-limit") == true)
    let free = try Hostile.open { $0.timeout = .seconds(5) }
    let other = #expect(throws: ClassifierError.self) {
      _ = try free.scores(of: TextBatch(["fatten"]))
    }
    #expect(
      other?.message.contains(/longer than 5 s, and 1\.[23] GiB of memory, while/) == true,
      "\(other?.message ?? "")")
    #expect(other?.help?.contains("try a --memory-limit") == true)
  }

  @Test("a plugin that never stops talking runs out of time", arguments: ["flood", "chatter"])
  func talk(word: String) throws {
    let log = PluginLogRecorder()
    let plugin = try Hostile.open(log: log) { $0.timeout = .seconds(2) }
    expect(.timedOut, saying: "longer than 2 s", word) {
      _ = try plugin.scores(of: TextBatch([word]))
    }
    #expect(log.texts.last == "it says too much; the rest is not shown")
  }

  @Test("a worker that dies between calls costs no text")
  func idleDeath() throws {
    let plugin = try Hostile.open()
    #expect(try plugin.scores(of: TextBatch(["later"])).values == [5])
    usleep(500_000)
    #expect(try plugin.scores(of: TextBatch(["ab"])).values == [2])
  }

  @Test("what is printed becomes warnings")
  func output() throws {
    let log = PluginLogRecorder()
    let plugin = try Hostile.open(log: log)
    #expect(try plugin.scores(of: TextBatch(["print"])).values == [5])
    _ = try? plugin.scores(of: TextBatch(["crash"]))
    #expect(log.texts.contains("stdout: garbage"))
    #expect(log.texts.contains("stdout: unfinished"))
  }

  @Test("no process can be started, and none is left")
  func fork() throws {
    let log = PluginLogRecorder()
    let plugin = try Hostile.open(["ON_LOAD": "breed()"], log: log)
    _ = try plugin.scores(of: TextBatch(["fork pid"]))
    _ = try? plugin.scores(of: TextBatch(["crash"]))
    #expect(log.texts.filter { $0 == "stderr: fork: Operation not permitted" }.count == 2)
    let line = try #require(log.texts.first { $0.hasPrefix("stderr: pid ") })
    #expect(Hostile.isGone(group: try #require(pid_t(line.dropFirst(12)))))
  }

  @Test(
    "dying or sleeping while loading or opening is an error that says so",
    arguments: [
      (["ON_LOAD": "crash_now()"], "crashed with signal 11", "while loading it"),
      (["ON_LOAD": "hang()"], "took longer than 0.5 s", "while loading it"),
      (["ON_LOAD": "sleep(100)"], "took longer than 0.5 s", "while loading it"),
      (["ON_LOAD": "exit(0)"], "exit code 0", "while loading it"),
      (["ON_CREATE": "abort()"], "crashed with signal 6", "while opening its model"),
      (["ON_CREATE": "hang()"], "took longer than 0.5 s", "while opening its model"),
    ])
  func opening(defines: [String: String], story: String, step: String) throws {
    let path = try CCompiler.plugin("hostile.c", defines)
    expect(PluginError.Code.crashed, saying: story, step) {
      _ = try Hostile.inWorker(path) { $0.timeout = .seconds(0.5) }
    }
  }

  @Test("a constructor that reads, connects or starts programs gets nothing")
  func constructor() throws {
    let folder = try TemporaryFolder()
    let secret = try folder.write("secret", "42")
    let log = PluginLogRecorder()
    _ = try Hostile.open(["ON_LOAD": "steal(\"\(secret)\")"], log: log)
    let codes = try #require(log.texts.first).split(separator: " ").compactMap { Int32($0) }
    #expect(codes.count == 3)
    #expect(codes.allSatisfy { [EACCES, EPERM].contains($0) }, "\(codes)")
  }

  @Test("a file that changed while in use is named as the reason")
  func changed() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.bytes(of: CCompiler.plugin("hostile.c"))
    let path = try folder.write("mine.so", bytes)
    let plugin = try Hostile.inWorker(path)
    let copy = try folder.write("new.so", bytes + [0])
    rename(copy, path)
    let error = #expect(throws: ClassifierError.self) {
      _ = try plugin.scores(of: TextBatch(["crash"]))
    }
    #expect(error?.help?.contains("file changed while in use") == true)
    #expect(throws: ClassifierError.self) { _ = try plugin.scores(of: TextBatch(["a"])) }
  }
}

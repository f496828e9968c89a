import ExplanationModel
import Foundation
import Glibc
import Testing
import _TestSupport

@Suite("Plugins in workers, from the command line")
struct WorkerTests {
  private func explain(_ text: String, _ arguments: String..., defines: [String: String] = [:])
    throws
    -> ToolResult
  {
    let plugin = try CCompiler.plugin("hostile.c", defines)
    return try runTool(["explain", "--plugin", plugin] + arguments + ["--", text])
  }

  @Test("a plugin that dereferences null on one text is explained on others")
  func crash() throws {
    let result = try explain("please crash now")
    expectFailure(
      result, 70,
      error:
        "plugin \"hostile\" crashed with signal 11 (segmentation fault) while scoring the text "
        + "\"please crash now\"", help: "author")
    let other = try document(explain("please go on", "--format", "json"))
    #expect(other.prediction.scores == [12])
  }

  @Test("an explanation that loses a text on the way is refused and names it")
  func subset() throws {
    // Taking "x" out makes the word.
    let result = try explain("cra x sh", "--absent", "replace:", "--tokens", "all")
    #expect(result.ending == .exit(0))
    let lost = try explain("cra-x-sh", "--unit", "grapheme", "--tokens", "all")
    expectFailure(lost, 70, error: "signal 11", help: "author")
    #expect(Complaint(lost).error.contains("crash"))
  }

  @Test("time-out, memory limit, network, digests and unsafe files have their flags")
  func flags() throws {
    expectFailure(
      try explain("please hang", "--timeout", "0.3"), 70, error: "longer than 0.3 s",
      help: "--timeout")
    expectFailure(
      try explain("please eat", "--memory-limit", "500000000"), 70, error: "signal 6",
      help: "--memory-limit")
    let network = ["NEEDS": "TX_NEEDS_NETWORK"]
    expectFailure(
      try explain("a", defines: network), 69, error: "needs the network", help: "--allow network")
    #expect(try explain("a", "--allow", "network", defines: network).ending == .exit(0))
    let zeros = String(repeating: "0", count: 64)
    expectFailure(try explain("a", "--plugin-sha256", zeros), 69, error: zeros, help: "digest")
    let which = try document(explain("a", "--format", "json")).plugin?.sha256 ?? ""
    #expect(try explain("a", "--plugin-sha256", which.uppercased()).ending == .exit(0))
    #expect(try explain("a", "--require-sandbox").ending == .exit(0))
  }

  @Test("an unsafe file is a warning where it is allowed")
  func unsafeFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("p.so", folder.bytes(of: CCompiler.plugin("hostile.c")))
    chmod(path, 0o666)
    expectFailure(try runTool(["a", "--plugin", path]), 69, error: "every user", help: "chmod")
    let allowed = try runTool(["a", "--plugin", path, "--allow-unsafe-file"])
    #expect(allowed.ending == .exit(0))
    #expect(allowed.errors.contains("warning: plugin \"\(path)\": plugin file"))
  }

  @Test(
    "bad values of these flags are usage errors",
    arguments: [
      ["--threads", "0"], ["--timeout", "0"], ["--timeout", "nan"], ["--memory-limit", "1"],
      ["--allow", "everything"], ["--plugin-sha256", "xyz"],
    ])
  func usage(flags: [String]) throws {
    let result = try runTool(["a", "--plugin", "sentiment"] + flags)
    #expect(result.ending == .exit(64), "\(result.errors)")
    #expect(Complaint(result).error.contains(flags[1]))
  }

  @Test("what a plugin prints is told on standard error, and standard output stays clean")
  func output() throws {
    let result = try explain("print", "--format", "json")
    _ = try document(result)
    let plugin = try CCompiler.plugin("hostile.c")
    #expect(result.errors.contains("warning: plugin \"\(plugin)\": stdout: garbage\n"))
    // What it says at each of many calls comes once, unless everything is asked for.
    let text = "grumble on and on"
    let once = try runTool([text, "--plugin", plugin])
    #expect(once.errors == "warning: plugin \"\(plugin)\": stdout: grumble\n")
    let all = try runTool([text, "--plugin", plugin, "--verbose"])
    #expect(all.errors.split(separator: "\n").filter { $0.contains("grumble") }.count > 4)
  }

  @Test(
    "the same bytes come out for any number of workers and without one",
    arguments: ["TX_IS_BATCH_INVARIANT", "0"])
  func threads(batches: String) throws {
    let defines = ["FLAGS": batches, "DELAY_US": "2000"]
    let text = "one two three four five six seven eight nine ten eleven"
    let runs = [["--threads", "1"], ["--threads", "2"], ["--threads", "8"], ["--in-process"]]
    let plugin = try CCompiler.plugin("hostile.c", defines)
    let outputs = try runs.map {
      try runTool([text, "--plugin", plugin, "--format", "json", "--method", "shapley"] + $0).output
    }
    #expect(outputs[0].contains("\"attributions\""))
    #expect(outputs.allSatisfy { $0 == outputs[0] })
  }

  @Test("a plugin that ends the process is told as its failure without a worker too")
  func exitInProcess() throws {
    let plugin = try CCompiler.plugin("hostile.c")
    for arguments in [[], ["--in-process"]] {
      let result = try runTool(["please exit now", "--plugin", plugin] + arguments)
      expectFailure(
        result, 70, error: "with exit code 3 while scoring the text \"please exit now\"",
        help: "report it to the plugin's author")
    }
    for (define, step) in [
      ("ON_LOAD", "loading it and opening its model"),
      ("ON_CREATE", "loading it and opening its model"),
    ] {
      let dying = try CCompiler.plugin("hostile.c", [define: "exit(0)"])
      let result = try runTool(["a", "--plugin", dying, "--in-process"])
      expectFailure(result, 70, error: "with exit code 0 while \(step)", help: "author")
    }
    let folder = try TemporaryFolder()
    let path = try folder.write("out.ndjson", "old\n")
    let arguments = ["exit", "--plugin", plugin, "--in-process", "-o", path]
    #expect(try runTool(arguments).ending == .exit(70))
    #expect(try folder.read(path) == "old\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.ndjson"])
    #expect(try runTool(arguments + ["--format", "ndjson"]).ending == .exit(70))
    #expect(try folder.read(path).contains("\"code\":\"classifier-crashed\""))
  }

  @Test("a worker called by hand does nothing")
  func byHand() throws {
    #expect(try runTool(["__worker"]).ending == .exit(64))
  }

  @Test("an interrupt ends worker and program together, with 130")
  func interrupt() throws {
    let plugin = try CCompiler.plugin("hostile.c")
    let arguments = [
      "--preserve-status", "-s", "INT", "2", BuildProducts.tool, "pid hang", "--plugin", plugin,
    ]
    let result = try runProgram("/usr/bin/timeout", arguments: arguments.map { Array($0.utf8) })
    #expect(result.ending == .exit(130))
    try expectNoWorker(result)
  }

  @Test("an interrupt leaves no scratch folder behind")
  func interruptedScratch() throws {
    let folder = try TemporaryFolder()
    let fill = """
      do { char path[300]; snprintf(path, 300, "%s/a", getenv("TMPDIR")); mkdir(path, 0700); \
      strcat(path, "/b"); close(open(path, O_CREAT | O_WRONLY, 0600)); \
      fprintf(stderr, "made %d\\n", access(path, F_OK)); } while (0)
      """
    let plugin = try CCompiler.plugin(
      "hostile.c", ["NEEDS": "TX_NEEDS_SCRATCH", "ON_CREATE": fill])
    let arguments = [
      "TMPDIR=\(folder.path)", "/usr/bin/timeout", "-s", "INT", "3", BuildProducts.tool, "hang",
      "--plugin", plugin,
    ]
    let result = try runProgram("/usr/bin/env", arguments: arguments.map { Array($0.utf8) })
    #expect(result.errors.contains("made 0"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a program that is killed takes its worker with it, busy as it may be")
  func killed() throws {
    let plugin = try CCompiler.plugin("hostile.c")
    let result = try runTool(["pid hang", "--plugin", plugin], timeLimit: 2)
    #expect(result.ending == .timedOut)
    try expectNoWorker(result)
  }

  @Test("a plugin cannot keep itself from ending with the program")
  func disarmed() throws {
    let plugin = try CCompiler.plugin("hostile.c")
    let result = try runTool(["pid disarm hang", "--plugin", plugin], timeLimit: 3)
    #expect(result.ending == .timedOut)
    #expect(!result.errors.contains("disarmed"), "\(result.errors)")
    #expect(!result.errors.contains("held, too"))
    try expectNoWorker(result)
  }

  @Test("a program that was started with SIGCHLD ignored knows how its workers end")
  func ignoredSignal() throws {
    let plugin = try CCompiler.plugin("hostile.c")
    let arguments = ["--ignore-signal=CHLD", BuildProducts.tool, "exit", "--plugin", plugin]
    let result = try runProgram("/usr/bin/env", arguments: arguments.map { Array($0.utf8) })
    expectFailure(result, 70, error: "ended its process with exit code 3", help: "author")
  }

  @Test("an option that names what has no path is a usage error", arguments: ["loop", "long"])
  func badPath(kind: String) throws {
    let folder = try TemporaryFolder()
    symlink("loop", folder("loop"))
    let path = kind == "loop" ? folder("loop") : folder(String(repeating: "x", count: 300))
    expectFailure(
      try explain("a", "--option", "model=\(path)"), 64, error: path, help: "can be opened")
  }

  @Test("a time-out shorter than a process takes to start says nothing false")
  func shortTimeout() throws {
    let result = try explain("a", "--timeout", "0.000001")
    #expect(result.ending == .exit(70))
    #expect(Complaint(result).error.contains("took longer than 1e-06 s while loading it"))
  }

  @Test("the seed reaches the plugin")
  func seed() throws {
    for flags in [[], ["--in-process"]] {
      let plugin = try CCompiler.plugin("hostile.c")
      let result = try runTool(
        ["seed", "--plugin", plugin, "--seed", "12345", "--format", "json"] + flags)
      #expect(try document(result).prediction.scores == [12345])
    }
  }

  private func expectNoWorker(_ result: ToolResult) throws {
    let line = try #require(
      result.errors.split(separator: "\n").first { $0.contains("stderr: pid ") })
    let group = try #require(pid_t(line.split(separator: " ").last ?? ""))
    var isGone = false
    for _ in 0..<200 where !isGone {
      isGone = kill(-group, 0) != 0 && errno == ESRCH
      if !isGone { usleep(10_000) }
    }
    #expect(isGone)
  }
}

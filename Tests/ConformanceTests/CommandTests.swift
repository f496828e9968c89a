import Foundation
import Testing
import _TestSupport

@Suite("textexplain plugin check, list and info")
struct PluginCommandTests {
  private func zoo(_ defect: String = "") throws -> String {
    try Zoo.Animal(defect: defect, failures: []).compile()
  }

  @Test("the line of a failure repeats just that check")
  func repeats() throws {
    let plugin = try zoo("TWIN_LABELS")
    let result = try runTool(["plugin", "check", plugin, "--seed", "7"])
    #expect(result.ending == .exit(1))
    let line = try #require(result.output.split(separator: "\n").first { $0.contains("again: ") })
    let words = line.split(separator: " ").dropFirst().map(String.init)
    #expect(words[0] == "textexplain" && words.suffix(2) == ["--seed", "7"], "\(line)")
    let again = try runTool(Array(words.dropFirst()))
    #expect(again.ending == .exit(1))
    #expect(again.output.contains("the label \"same\" occurs twice"))
    #expect(again.output.hasSuffix("\n1 fail\n"))
  }

  @Test(
    "the line repeats the check from any folder, for a plugin found by name and by relative path")
  func repeatsFoundPlugin() throws {
    let folder = try TemporaryFolder()
    try folder.write("twins.so", folder.bytes(of: zoo("TWIN_LABELS")))
    let other = try folder.makeFolder("elsewhere")
    for (arguments, place) in [
      (["twins", "--plugin-dir", folder.path], other), (["./twins.so"], folder.path),
    ] {
      let result = try runTool(
        ["plugin", "check"] + arguments + ["--only", "info-valid", "--time-limit", "30"],
        workingDirectory: place)
      #expect(result.ending == .exit(1), "\(result.errors)")
      let line = try #require(
        result.output.split(separator: "\n").first { $0.contains("again: ") })
      let words = line.split(separator: " ").dropFirst(2).map(String.init)
      #expect(words.contains(folder("twins.so")), "\(line)")
      #expect(words.suffix(2) == ["--time-limit", "30.0"])
      let again = try runTool(words, workingDirectory: "/")
      #expect(again.ending == .exit(1))
      #expect(again.output.contains("the label \"same\" occurs twice"))
    }
  }

  @Test("slow models are asked for less, and --time-limit is the time of each check")
  func slowModels() throws {
    let slow = try CheckOutput.of(
      zoo("SLOW=12000"),
      [
        "--only", "no-history", "--only", "batch-invariance", "--only", "masked-order", "--only",
        "masked-equals-text", "--only", "no-throw", "--only", "leaks",
      ]
    ).output
    #expect(slow.failures.isEmpty, "\(slow.failures)")
    let plugin = try zoo("LOADS_SLOWLY=3")
    #expect(try CheckOutput.of(plugin, ["--only", "determinism"]).output.passed)
    let (short, result) = try CheckOutput.of(plugin, ["--only", "finite", "--time-limit", "1.5"])
    #expect(result.ending == .exit(1))
    #expect(short.checks[0].reason == "still at create after 1.5 s")
    for limit in ["0", "-1", "nan", "1e9", "x"] {
      let result = try runTool(["plugin", "check", plugin, "--time-limit=\(limit)"])
      #expect(result.ending == .exit(64), "\(limit)")
      #expect(result.errors.contains("--time-limit"))
    }
  }

  @Test("level 3 is the default, and levels include those below them")
  func levels() throws {
    let plugin = try zoo()
    for (arguments, expected) in [
      ([], 0...3), (["--level", "0"], 0...0), (["--level", "4"], 0...4),
    ] as [([String], ClosedRange<Int>)] {
      let (output, result) = try CheckOutput.of(plugin, arguments)
      #expect(Set(output.checks.map(\.level)) == Set(expected))
      #expect(result.ending == .exit(0))
    }
    let only = try CheckOutput.of(plugin, ["--only", "seed", "--only", "sizes"]).output
    #expect(only.checks.map(\.id) == ["sizes", "seed"])
  }

  @Test("exit status 64 for a check that does not exist, 69 for a plugin that does not load")
  func statuses() throws {
    let plugin = try zoo()
    for arguments in [
      ["--only", "nothing"], ["--only", "seed", "--level", "2"], ["--level", "5"],
    ] {
      let result = try runTool(["plugin", "check", plugin] + arguments)
      #expect(result.ending == .exit(64) && result.output.isEmpty)
    }
    #expect(try runTool(["plugin", "check", "/nonexistent.so"]).ending == .exit(69))
    let (output, result) = try CheckOutput.of(try zoo("UNDEFINED"))
    #expect(result.ending == .exit(69))
    #expect(result.errors.contains("zoo_missing"))
    #expect(output["no-undefined"]?.reason?.contains("zoo_missing") == true)
    #expect(output["finite"]?.result == "skip")
  }

  @Test("a crash names the signal and the call, a hang the call")
  func deaths() throws {
    let crash = try CheckOutput.of(zoo("CRASHES_ON_EMPTY_BATCH"), ["--only", "empty"]).output
    #expect(crash.checks[0].reason == "SIGABRT during predict of a batch of none")
    let exit = try CheckOutput.of(zoo("EXITS"), ["--only", "empty"]).output
    #expect(
      exit.checks[0].reason
        == "the plugin ended the process with exit code 3 during predict of a batch of none")
    let throwing = try CheckOutput.of(zoo("throws.cpp"), ["--only", "no-throw"]).output
    #expect(
      throwing.checks[0].reason?.hasPrefix("SIGABRT during prepare: absent mode 99") == true)
    #expect(throwing.checks[0].reason?.contains("no such mode") == true)
    let hang = try CheckOutput.of(zoo("HANGS_ON_EMPTY_BATCH"), ["--only", "empty"]).output
    #expect(hang.checks[0].result == "timeout")
    #expect(hang.checks[0].reason?.contains("predict of a batch of none") == true)
  }

  @Test("a required option that is missing is named")
  func requiredOption() throws {
    let result = try runTool(["plugin", "check", CCompiler.plugin("linear.c"), "--only", "finite"])
    #expect(result.ending == .exit(64))
    #expect(result.errors.contains("cannot be checked: it needs the option \"weights\""))
    #expect(result.errors.contains("help: give it with --option"))
  }

  @Test(
    "without a sandbox a plugin is not opened, whatever the reason", arguments: ["loop", "long"])
  func noSandbox(kind: String) throws {
    let folder = try TemporaryFolder()
    symlink("loop", folder("loop"))
    let path = kind == "loop" ? folder("loop") : folder(String(repeating: "x", count: 300))
    let plugin = try CCompiler.plugin("hostile.c")
    let result = try runTool(["plugin", "info", plugin, "--option", "model=\(path)"])
    #expect(result.ending == .exit(69))
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("the sandbox cannot be entered"))
    let check = try runTool(
      ["plugin", "check", plugin, "--only", "sandboxed", "--option", "model=\(path)"])
    #expect(check.ending == .exit(69))
    #expect(check.errors.contains("the sandbox cannot be entered"))
  }

  @Test("a plugin that never stops answering is ended")
  func endlessAnswer() throws {
    let plugin = try CCompiler.plugin("hostile.c", ["ON_CREATE": "spout()"])
    let result = try runTool(["plugin", "info", plugin])
    #expect(result.ending == .exit(69))
    #expect(result.errors.contains("more of an answer than 16777216 bytes"))
  }

  @Test("a plugin that opens for ever ends with the program", arguments: ["INT", "KILL"])
  func orphan(signal: String) throws {
    let plugin = try CCompiler.plugin("hostile.c", ["ON_CREATE": "stay()"])
    let arguments = ["-s", signal, "4", BuildProducts.tool, "plugin", "info", plugin]
    _ = try runProgram("/usr/bin/timeout", arguments: arguments.map { Array($0.utf8) })
    var count = 1
    for _ in 0..<200 where count > 0 {
      count = Self.processes(mapping: plugin)
      if count > 0 { usleep(10_000) }
    }
    #expect(count == 0)
  }

  /// The number of processes that have a library in memory.
  private static func processes(mapping library: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.count { name in
      guard Int(name) != nil, let maps = FileManager.default.contents(atPath: "/proc/\(name)/maps")
      else { return false }
      return String(decoding: maps, as: UTF8.self).contains(library)
    }
  }

  @Test("info shows descriptor, options, labels, limits, extensions, exports and libraries")
  func info() throws {
    let text = try runTool(["plugin", "info", zoo()])
    #expect(text.ending == .exit(0))
    for part in [
      "name             zoo", "id               org.example.zoo", "output kind      probability",
      "labels           negative, positive", "largest batch    64", "textexplain.masked/1",
      "exports          textexplain_plugin_v1", "libraries        libm.so.6, libc.so.6",
      "  scale=NUMBER (default 1)\n      how steep\n",
      "  model=FILE (optional)\n      a file that begins with ZOO\n",
    ] {
      #expect(text.output.contains(part), "\(text.output)")
    }
    let json = try runTool(["plugin", "info", zoo(), "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.stdout)) as? [String: Any])
    #expect(object["labels"] as? [String] == ["negative", "positive"])
    #expect(object["longestText"] as? Int == 1 << 20)
    #expect((object["sha256"] as? String)?.count == 64)
    #expect((object["options"] as? [[String: Any]])?.count == 2)
  }

  @Test("info shows the descriptor where a required option is missing")
  func infoWithoutOptions() throws {
    let result = try runTool(["plugin", "info", CCompiler.plugin("linear.c")])
    #expect(result.ending == .exit(0))
    #expect(result.output.contains("not opened       it needs the option \"weights\""))
    #expect(result.output.contains("  weights=FILE (required)\n      words and their weights\n"))
  }

  @Test("a plugin that sleeps for ever when it is loaded holds nobody up, and no orphan stays")
  func sleeper() async throws {
    let plugin = try zoo("SLEEPS_WHEN_LOADED")
    let result = try runTool(["plugin", "info", plugin, "--timeout", "2"], timeLimit: 20)
    #expect(result.ending == .exit(69))
    #expect(result.errors.contains("after 2 s"))
    #expect(try processes(with: plugin).isEmpty)
    // Even where the program itself is killed, its children end a little later.
    #expect(try runTool(["plugin", "info", plugin], timeLimit: 0.5).ending == .timedOut)
    try await Task.sleep(for: .seconds(10))
    #expect(try processes(with: plugin).isEmpty)
  }

  /// The living processes whose command line has a word.
  private func processes(with word: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { entry in
      guard Int(entry) != nil,
        let line = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline")
      else { return false }
      return String(decoding: line, as: UTF8.self).contains(word)
    }
  }

  @Test("info of a plugin that dies is an error that says so")
  func infoOfBadPlugin() throws {
    let result = try runTool(["plugin", "info", zoo("ABORTS_WHEN_LOADED")])
    #expect(result.ending == .exit(69))
    #expect(result.errors.contains("SIGABRT during dlopen"))
  }

  @Test("list shows good plugins, bad ones with the reason, and leaves out other libraries")
  func list() throws {
    let folder = try TemporaryFolder()
    for (name, path) in [
      ("good.so", try zoo()), ("dies.so", try zoo("ABORTS_WHEN_LOADED")),
      ("other.so", try zoo("NO_ENTRY")), ("needs.so", try CCompiler.plugin("linear.c")),
    ] {
      try folder.write(name, folder.bytes(of: path))
    }
    try folder.write("text.so", "no library")
    try folder.write("notes.txt", "no plugin")
    let arguments = ["plugin", "list", "--plugin-dir", folder.path]
    let text = try runTool(arguments)
    #expect(text.ending == .exit(0))
    #expect(text.output.contains("org.example.zoo"))
    #expect(text.output.contains("negative, positive"))
    #expect(text.output.contains("dies.so: SIGABRT during dlopen"))
    #expect(!text.output.contains("other.so") && !text.output.contains("notes.txt"))
    let json = try runTool(arguments + ["--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.stdout)) as? [String: Any])
    let plugins = try #require(object["plugins"] as? [[String: Any]])
      .filter { ($0["file"] as? String)?.hasPrefix(folder.path) == true }
    #expect(
      plugins.map { $0["id"] as? String } == [nil, "org.example.zoo", "org.example.linear", nil])
    #expect(plugins.map { $0["error"] != nil } == [true, false, false, true])
  }

  @Test("two plugins with one id are both shown, with a warning")
  func oneID() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.bytes(of: CCompiler.plugin("variant.c"))
    try folder.write("first.so", bytes)
    try folder.write("second.so", bytes)
    let result = try runTool(["plugin", "list", "--plugin-dir", folder.path])
    #expect(result.ending == .exit(0))
    #expect(result.output.contains("first.so") && result.output.contains("second.so"))
    #expect(result.errors.contains("have one id, \"org.example.variant\""), "\(result.errors)")
  }
}

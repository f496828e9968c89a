import ExplanationModel
import Foundation
import Glibc
import Testing
import _TestSupport

@Suite("Programs as classifiers, from the command line")
struct ProgramTests {
  /// A sum of words' weights behind a logistic function.
  private static let additive = """
    weights = {"good": 1.5, "great": 2.0, "but": -0.25, "long": -1.0}
    greet(modelID="v7")
    def row(text):
        p = 1 / (1 + math.exp(-sum(weights.get(word, 0) for word in text.split())))
        return [1 - p, p]
    for question in questions():
        answer(question, row)
    """
  private static let text = "a good but long film with a good end"
  private static let weights = [0, 1.5, -0.25, -1, 0, 0, 0, 1.5, 0]

  @Test("what a sum of words' weights gives is explained by those weights")
  func closedForm() throws {
    let program = try TestProgram(Self.additive)
    let result = try program.explain(
      Self.text, "--format", "json", "--space", "logit", "--label", "yes", "--players",
      "occurrence",
      "--lime-samples", "20000")
    let document = try document(result)
    #expect(result.errors.isEmpty)
    #expect(document.plugin == nil)
    let identity = ProgramIdentity(name: "classify.py", command: program.command, modelID: "v7")
    #expect(document.program == identity)
    let probability = 1 / (1 + exp(-1.75))
    #expect(document.prediction.labels == ["no", "yes"])
    #expect(document.prediction.outputKind == "probability")
    #expect(abs(document.prediction.scores[1] - probability) < 1e-15)
    #expect(document.explanations.map(\.method) == ["shapley", "lime"])
    for (explanation, bound) in zip(document.explanations, [1e-12, 0.05]) {
      for (attribution, weight) in zip(explanation.attributions, Self.weights) {
        #expect(
          abs(attribution.value - weight) <= bound, "\(explanation.method) \(attribution.text)")
      }
    }
    #expect(abs(document.explanations[0].baseValue) < 1e-12)
  }

  @Test("the text names the program, NDJSON holds it")
  func output() throws {
    let program = try TestProgram(Self.additive)
    let text = try program.explain(Self.text)
    let first = try #require(text.output.split(separator: "\n").first)
    #expect(first.hasPrefix(" yes 0.85  no 0.15 ") && first.hasSuffix(" classify.py"))
    let line = try program.explain(Self.text, "--format", "ndjson").output
    #expect(line.contains("\"program\":{\"name\":\"classify.py\",\"command\":\""))
    #expect(!line.contains("\"plugin\""))
  }

  @Test("the same bytes come out for any number of threads, also where batches change scores")
  func deterministic() throws {
    let program = try TestProgram(
      """
      greet(["a"], "regression", maxBatch=5)
      for question in questions():
          n = len(question["texts"])
          say(json.dumps({"id": question["id"], "scores": [[len(t) ** 2 + n / 7] for t in question["texts"]]}))
      """)
    let outputs = try ["1", "2", "8"].map {
      try program.explain(Self.text, "--threads", $0, "--format", "json").output
    }
    #expect(outputs[0].contains("\"attributions\"") && Set(outputs).count == 1)
  }

  @Test(
    "the full text comes alone, then as many at a time as the program takes, or 32",
    arguments: [("", 32), ("maxBatch=7", 7), ("maxBatch=100", 100)])
  func batches(greeting: String, size: Int) throws {
    let program = try TestProgram(
      """
      greet(\(greeting))
      for question in questions():
          print(question["id"], len(question["texts"]), file=open("sizes", "a"))
          answer(question)
      """)
    #expect(try program.explain(Self.text, "-m", "shapley").ending == .exit(0))
    let lines = try program.folder.read(program.folder("sizes")).split(separator: "\n").map {
      $0.split(separator: " ").compactMap { Int($0) }
    }
    #expect(lines.map(\.[0]) == Array(0..<lines.count))
    let sizes = lines.map(\.[1])
    #expect(sizes.reduce(0, +) == 512 && sizes[0] == 1)
    #expect(sizes.max() == size)
  }

  @Test("a declared cost of a millisecond or more lowers the default budgets")
  func cost() throws {
    let text = (0..<30).map { "w\($0)" }.joined(separator: " ")
    for (milliseconds, budget, samples) in [("0.9", 4096, 5000), ("1", 600, 1000)] {
      let program = try TestProgram(
        """
        greet(typicalMilliseconds=\(milliseconds))
        for question in questions():
            answer(question, lambda text: [(p := 1 / (2 + len(text))), 1 - p])
        """)
      let explanations = try document(program.explain(text, "--format", "json")).explanations
      #expect(explanations[0].evaluations.budget == budget)
      guard case .lime(let lime) = explanations[1].detail else { throw TestFailure("no LIME") }
      #expect(lime.samples == samples)
    }
  }

  @Test("texts that were cut are told")
  func truncated() throws {
    let program = try TestProgram(
      """
      greet()
      for question in questions():
          texts = question["texts"]
          cut = [len(text) > 20 for text in texts]
          say(json.dumps({"id": question["id"], "scores": [[0, 1]] * len(texts), "truncated": cut}))
      """)
    let long = try document(program.explain(Self.text, "--format", "json"))
    #expect(long.prediction.truncated == true)
    #expect(long.explanations[0].diagnostics.map(\.code).contains(.truncated))
    #expect(try document(program.explain("short", "--format", "json")).prediction.truncated == nil)
  }

  @Test("standard error becomes log lines, each once, and none with --quiet")
  func log() throws {
    let program = try TestProgram(
      """
      print("loading \\x1b[31mred", file=sys.stderr)
      greet()
      for question in questions():
          print("scoring", file=sys.stderr, flush=True)
          answer(question)
      """)
    let line = "warning: program \"classify.py\": "
    let result = try program.explain(Self.text, "--format", "json")
    _ = try document(result)
    #expect(result.errors == line + "loading \\u{1B}[31mred\n" + line + "scoring\n")
    #expect(try program.explain(Self.text, "--quiet").errors.isEmpty)
    let all = try program.explain(Self.text, "--verbose").errors
    #expect(all.split(separator: "\n").filter { $0 == line + "scoring" }.count > 10)
  }

  @Test(
    "a program runs as the user's own: environment, folder, arguments, no open files but its own")
  func surroundings() throws {
    let program = try TestProgram(
      """
      # The folder's own descriptor is closed by the time that it is looked at.
      files = [n for n in map(int, sorted(os.listdir("/proc/self/fd"))) if os.path.lexists(f"/proc/self/fd/{n}")]
      state = [os.environ["FLAVOUR"], os.getcwd(), files, sys.argv[1:], os.getpgrp() == os.getpid()]
      blocked = [line.split()[1] for line in open("/proc/self/status") if line.startswith(("SigBlk", "SigIgn"))]
      greet([str(value) for value in state + [int(blocked[0], 16)]], "regression")
      for question in questions():
          answer(question, lambda text: [0.0] * 6)
      """)
    let result = try runTool(
      ["x", "--program", program.command + " 'a b' \"\" $HOME", "--format", "json"],
      environment: ["FLAVOUR": "sweet"], workingDirectory: program.folder.path)
    #expect(
      try document(result).prediction.labels == [
        "sweet", program.folder.path, "[0, 1, 2, 4]", "['a b', '', '$HOME']", "True", "0",
      ])
  }

  @Test("at the end its input ends, and it has time to do so too")
  func politeEnd() throws {
    let program = try TestProgram(
      """
      greet()
      for question in questions():
          answer(question)
      time.sleep(0.2)
      open("farewell", "w").write("bye")
      """)
    #expect(try program.explain().ending == .exit(0))
    #expect(try program.folder.read(program.folder("farewell")) == "bye")
  }

  private static let parent = """
    child = subprocess.Popen(["sleep", "1000"])
    print("group", os.getpgrp(), file=sys.stderr, flush=True)
    greet()
    for question in questions():
        {answer}
    time.sleep(1000)
    """

  @Test(
    "no process is left, however program or host end",
    arguments: ["answer(question)", "sys.exit(3)", "say('x')", "time.sleep(1000)"])
  func processes(answer: String) throws {
    let program = try TestProgram(Self.parent.replacing("{answer}", with: answer))
    try expectNoProcess(program.explain("x y", "--timeout", "1"))
  }

  @Test("a host that is killed or interrupted takes the program with it")
  func killed() throws {
    let program = try TestProgram(Self.parent.replacing("{answer}", with: "while True: pass"))
    let killed = try program.explain("x", timeLimit: 1.5)
    #expect(killed.ending == .timedOut)
    try expectNoProcess(killed)
    let arguments = [
      "--preserve-status", "-s", "INT", "1.5", BuildProducts.tool, "x", "--program",
      program.command,
    ]
    let interrupted = try runProgram(
      "/usr/bin/timeout", arguments: arguments.map { Array($0.utf8) })
    #expect(interrupted.ending == .exit(130))
    try expectNoProcess(interrupted)
  }

  private func expectNoProcess(_ result: ToolResult) throws {
    let line = try #require(result.errors.split(separator: "\n").first { $0.contains("group ") })
    let group = try #require(pid_t(line.split(separator: " ").last ?? ""))
    var isGone = false
    for _ in 0..<200 where !isGone {
      isGone = kill(-group, 0) != 0 && errno == ESRCH
      if !isGone { usleep(10_000) }
    }
    #expect(isGone)
  }
}

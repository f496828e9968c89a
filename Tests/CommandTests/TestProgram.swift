import _TestSupport

/// A classifier for `--program`, written in Python.
struct TestProgram {
  let folder: TemporaryFolder
  /// What to give to `--program`.
  let command: String

  /// What the scripts begin with.
  private static let prelude = """
    import json, math, os, signal, subprocess, sys, time

    def say(line):
        print(line, flush=True)

    def greet(labels=["no", "yes"], kind="probability", **more):
        say(json.dumps({"textexplain": 1, "labels": labels, "outputKind": kind, **more}))

    def questions():
        for line in sys.stdin:
            yield json.loads(line)

    def answer(question, row=lambda text: [0.25, 0.75]):
        say(json.dumps({"id": question["id"], "scores": [row(text) for text in question["texts"]]}))


    """

  /// Writes the script.
  init(_ script: String) throws {
    folder = try TemporaryFolder()
    command = "/usr/bin/python3 " + (try folder.write("classify.py", Self.prelude + script + "\n"))
  }

  /// Explains a text with it.
  func explain(
    _ text: String = "a good film but far too long", _ arguments: String...,
    environment: [String: String] = [:], timeLimit: Double = 60
  ) throws -> ToolResult {
    try runTool(
      ["explain", "--program", command] + arguments + ["--", text], environment: environment,
      workingDirectory: folder.path, timeLimit: timeLimit)
  }
}

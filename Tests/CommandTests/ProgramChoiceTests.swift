import ExplanationModel
import Testing
import _TestSupport

@Suite("Programs given to the command")
struct ProgramChoiceTests {
  private func expect(
    _ arguments: [String], _ status: Int32, error: String, help: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    expectFailure(
      try runTool(["x"] + arguments), status, error: error, help: help,
      sourceLocation: sourceLocation)
  }

  @Test("exactly one of plugin and program is named")
  func one() throws {
    try expect([], 64, error: "no plugin was named", help: "--program")
    try expect(
      ["--plugin", "sentiment.so", "--program", "cat"], 64,
      error: "--plugin and --program were both given", help: "one of them")
    // The variable names a plugin only where the command names nothing.
    let program = try TestProgram("greet()\nfor question in questions(): answer(question)")
    let result = try program.explain(
      "x", "--format", "json", environment: ["TEXTEXPLAIN_PLUGIN": "sentiment.so"])
    #expect(try document(result).program?.name == "classify.py")
  }

  @Test(
    "what is for plugins alone is refused by name",
    arguments: [
      ["--option", "a=b"], ["--plugin-dir", "/tmp"], ["--in-process"], ["--allow", "network"],
      ["--plugin-sha256", String(repeating: "0", count: 64)], ["--memory-limit", "1G"],
      ["--require-sandbox"], ["--allow-unsafe-file"],
    ])
  func pluginFlags(flags: [String]) throws {
    try expect(
      ["--program", "cat"] + flags, 64, error: "\(flags[0]) does not go with --program",
      help: "program")
  }

  @Test("a program shows no tokens and no mask of its own")
  func modelTokens() throws {
    let program = try TestProgram("greet()\nfor question in questions(): answer(question)")
    for (flags, error) in [(["--unit", "model"], "tokens"), (["--absent", "model"], "mask")] {
      let result = try runTool(["x", "--program", program.command] + flags)
      expectFailure(result, 64, error: error, help: "")
    }
  }

  @Test("a command that cannot be read is a usage error")
  func words() throws {
    try expect(["--program", "cat 'x"], 64, error: "has a ' without", help: "close the quote")
    try expect(["--program", ""], 64, error: "names no program", help: "--program '")
    try expect(
      ["--program"], 64, error: "missing value for '--program <command>'", help: "lines of JSON")
  }

  @Test("a program that is not there, or no program, ends with 69 and a remedy")
  func missing() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("classify", "#!/bin/sh\n")
    func expect(_ command: String, error: String, help: String) throws {
      expectFailure(
        try runTool(["x", "--program", command], workingDirectory: folder.path), 69, error: error,
        help: help)
    }
    try expect(
      "no-such-program", error: "\"no-such-program\" was not found in the folders of PATH",
      help: "whole path")
    try expect("classify", error: "was not found", help: "write ./classify")
    try expect(
      "./nothing", error: "\"./nothing\" was not found: no such file", help: "working directory")
    try expect("~/classify", error: "was not found", help: "~ and variables mean nothing")
    try expect("$HOME/classify", error: "was not found", help: "~ and variables mean nothing")
    try expect(folder.path, error: "is a folder", help: "name a file")
    try expect(plain, error: "may not be executed", help: "chmod +x")
    func executable(_ text: String) throws -> String {
      let path = try folder.write("program", text)
      _ = try runProgram("/bin/chmod", arguments: ["+x", path].map { Array($0.utf8) })
      return path
    }
    try expect(
      executable("no first line\n"), error: "cannot be run: exec format error",
      help: "#!/usr/bin/env")
    try expect(
      executable("#!/no/such/interpreter\n"), error: "cannot be run: no such file",
      help: "interpreter")
  }

  @Test("the program's own start, called by hand, does nothing")
  func byHand() throws {
    #expect(try runTool(["__program", "/bin/echo", "echo"]).ending == .exit(64))
  }
}

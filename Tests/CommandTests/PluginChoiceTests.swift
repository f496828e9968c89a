import ExplanationModel
import Testing
import _TestSupport

@Suite("Plugins given to the command")
struct PluginChoiceTests {
  @Test("no plugin, an unknown one, and one in the working directory each get their advice")
  func unknown() throws {
    expectFailure(try runTool(["x"]), 64, error: "no plugin", help: "--plugin sentiment.so")
    let missing = try runTool(["x", "--plugin", "nope"])
    expectFailure(missing, 69, error: "\"nope\"", help: "libnope.so")
    let folder = try TemporaryFolder()
    try folder.write("mine.so", "")
    let here = try runTool(["x", "--plugin", "mine.so"], workingDirectory: folder.path)
    expectFailure(here, 69, error: "\"mine.so\"", help: "./mine.so")
    #expect(Complaint(here).help.contains("not searched"))
  }

  @Test("the environment names the plugin where the command does not")
  func environment() throws {
    let result = try runTool(["good"], environment: ["TEXTEXPLAIN_PLUGIN": "sentiment"])
    #expect(result.ending == .exit(0))
  }

  @Test("files that are no plugins are refused with the reason")
  func refused() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("script.so", "print('hello')\n")
    expectFailure(
      try runTool(["x", "--plugin", script]), 69, error: "not", help: "shared")
    var image = try folder.bytes(of: CCompiler.plugin("variant.c"))
    image[18] = 0xB7
    image[19] = 0
    let foreign = try folder.write("arm.so", image)
    expectFailure(try runTool(["x", "--plugin", foreign]), 69, error: "aarch64", help: "")
    let entryless = try CCompiler.plugin("variant.c", ["ENTRY": "another_name"])
    expectFailure(
      try runTool(["x", "--plugin", entryless]), 69, error: "textexplain_plugin_v1", help: "")
    let refusing = try CCompiler.plugin("variant.c", ["REFUSAL": "\"needs a GPU\""])
    expectFailure(try runTool(["x", "--plugin", refusing]), 69, error: "needs a GPU", help: "")
    let failing = try CCompiler.plugin(
      "variant.c", ["CREATE_CODE": "TX_E_MODEL", "MESSAGE": "\"model.bin is empty\""])
    expectFailure(
      try runTool(["x", "--plugin", failing]), 65, error: "model.bin is empty", help: "")
  }

  @Test("options are checked against what the plugin declares")
  func options() throws {
    expectFailure(
      try runTool(["x", "--plugin", "sentiment", "--option", "model=x"]), 64, error: "\"model\"",
      help: "option")
    expectFailure(
      try runTool(["x", "--plugin", "sentiment", "--option", "model"]), 64, error: "KEY=VALUE",
      help: "--option")
  }

  @Test("a bad value of an option is refused with the key and what is wanted")
  func badOptionValue() throws {
    let plugin = try CCompiler.plugin("options.c")
    let result = try runTool(["x", "--plugin", plugin, "--option", "count=many"])
    expectFailure(result, 64, error: "\"count\"", help: "")
    #expect(Complaint(result).error.contains("\"many\""))
  }

  @Test(
    "scores that are no scores end the run with 70",
    arguments: [
      (["SCORE_0": "NAN"], "NaN"), (["SCORE_1": "INFINITY"], "inf"),
      (["SCORE_0": "0.5"], "sum"), (["SCORE_0": "-0.5", "SCORE_1": "1.5"], "-0.5"),
      (["PREDICT_CODE": "TX_E_INTERNAL", "MESSAGE": "\"no weights\""], "no weights"),
    ])
  func badScores(_ defines: [String: String], _ mention: String) throws {
    let plugin = try CCompiler.plugin("variant.c", defines)
    let result = try runTool(["some text", "--plugin", plugin])
    #expect(result.ending == .exit(70))
    #expect(Complaint(result).error.lowercased().contains(mention.lowercased()), "\(result.errors)")
  }

  @Test("a constant model is explained as one")
  func constant() throws {
    let plugin = try CCompiler.plugin("variant.c")
    let document = try document(runTool(["some text", "--plugin", plugin, "--format", "json"]))
    #expect(document.explanations.allSatisfy { $0.diagnostics.map(\.code) == [.constantModel] })
    #expect(document.explanations.allSatisfy { $0.attributions.allSatisfy { $0.value == 0 } })
  }

  @Test("which prints the file, and the places on the way")
  func which() throws {
    let found = try runTool(["plugin", "which", "sentiment.so"])
    #expect(found.ending == .exit(0))
    #expect(found.output == BuildProducts.directory + "/libsentiment.so\n")
    #expect(found.errors.contains("absent  " + BuildProducts.directory + "/sentiment.so"))
    let missing = try runTool(["plugin", "which", "nope", "--plugin-dir", "/nonexistent"])
    #expect(missing.ending == .exit(69))
    #expect(missing.errors.contains("absent  /nonexistent/libnope.so"))
    #expect(missing.output.isEmpty)
  }

  @Test("a folder named on the command line comes first")
  func pluginFolder() throws {
    let folder = try TemporaryFolder()
    let plugin = try CCompiler.plugin("variant.c")
    try folder.write("sentiment.so", try folder.bytes(of: plugin))
    let result = try runTool(
      ["good", "--plugin", "sentiment.so", "--plugin-dir", folder.path, "--format", "json"])
    #expect(try document(result).plugin?.id == "org.example.variant")
  }
}

import Testing
import _TestSupport

@Suite("Mistakes on the command line")
struct MistakeTests {
  private func expect(
    _ arguments: [String], error: String, help: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let complaint = Complaint(try runTool(arguments))
    #expect(complaint.error == error, sourceLocation: sourceLocation)
    #expect(complaint.help == "help: \(help)\n", sourceLocation: sourceLocation)
  }

  @Test("a subcommand that does not exist is told from a text without quotes")
  func subcommands() throws {
    for name in ["lst", "sentiment"] {
      try expect(
        ["plugin", name], error: "plugin has no subcommand \"\(name)\"",
        help: "it has list, info, which, check and new; all options: textexplain plugin --help")
    }
    try expect(
      ["schema", "x"], error: "unexpected argument 'x'",
      help: "all options: textexplain schema --help")
    try expect(
      ["good", "film"], error: "unexpected argument 'film'",
      help: "put a text of several words in quotes; all options: textexplain --help")
  }

  @Test("options behind two dashes are told from words without quotes")
  func terminator() throws {
    try expect(
      ["--", "-good", "--plugin", "sentiment"],
      error: "2 unexpected arguments: '--plugin', 'sentiment'",
      help: "options come before --, behind which there is only the text; "
        + "all options: textexplain --help")
    try expect(
      ["--", "-good", "film"], error: "unexpected argument 'film'",
      help: "put a text of several words in quotes; all options: textexplain --help")
  }

  @Test("a text that is the name of a subcommand needs explain before it")
  func nameAsText() throws {
    for name in ["plugin", "schema"] {
      try expect(
        [name, "-p", "sentiment"], error: "unknown option '-p'",
        help: "a text that is the name of a subcommand needs \"explain\" before it: "
          + "textexplain explain \(name); all options: textexplain \(name) --help")
    }
    // What would be wrong behind explain too does not get that advice.
    try expect(
      ["plugin", "--bogus"], error: "unknown option '--bogus'",
      help: "all options: textexplain plugin --help")
  }

  @Test("help names the subcommand, and the values of what is missing")
  func subcommandHelp() throws {
    try expect(
      ["plugin", "new", "x"], error: "missing expected argument '--language <language>'",
      help: "--language <language>: The language to write it in. (values: c, cpp, swift, rust); "
        + "all options: textexplain plugin new --help")
    try expect(
      ["plugin", "new", "x", "--language", "cobol"],
      error: "the value 'cobol' is invalid for '--language <language>'",
      help: "--language <language>: The language to write it in. (values: c, cpp, swift, rust); "
        + "all options: textexplain plugin new --help")
    try expect(
      ["plugin", "which"], error: "missing expected argument '<name>'",
      help: "<name>: The plugin's name, as --plugin takes it; "
        + "all options: textexplain plugin which --help")
    try expect(
      ["plugin", "list", "--bogus"], error: "unknown option '--bogus'",
      help: "all options: textexplain plugin list --help")
  }

  @Test(
    "a refused value is met with those that are allowed",
    arguments: [
      (["--method", "lime,shap"], "shapley, lime, loo (leave-one-out), or several"),
      (["-m", "shap"], "-m <methods>: What to compute: shapley, lime"),
      (["--absent", "mask"], "replaced by a string"),
      (["--estimator", "bogus"], "auto, exact, surrogate, kernel, permutation, or owen"),
      (["--memory-limit", "100Q"], "bytes, or as 512M with K, M, G or T"),
      (["--memory-limit", "99999999999G"], "bytes, or as 512M"),
      (["--memory-limit", "M"], "bytes, or as 512M"),
      (["--seed", "x"], "it is a whole number, 0 or above; --seed <n>: Seed"),
      (["--seed=-1"], "whole number, 0 or above"),
      (["--budget", "0"], "it is auto, or a whole number above 0"),
      (["--lime-features", "few"], "it is all, or a whole number above 0"),
      (["--timeout", "soon"], "it is a number"),
      (["--kernel-width", "wide"], "it is a number"),
      (["--unit", "words"], "(values: word, grapheme, sentence, line, model; default: word)"),
      (["--space", "logits"], "(values: probability, logit, raw)"),
      (["--format", "yaml"], "(values: text, ansi, json, ndjson; default: text)"),
    ])
  func values(arguments: [String], help: String) throws {
    let result = try runTool(["x", "--plugin", "sentiment"] + arguments)
    expectFailure(result, 64, error: "the value '", help: help)
    #expect(Complaint(result).help.hasSuffix("; all options: textexplain --help\n"))
  }

  @Test("a method that is named twice is refused with the reason")
  func repeatedMethod() throws {
    try expect(
      ["x", "--plugin", "sentiment", "--method", "lime,shapley,lime"],
      error: "--method lime,shapley,lime names a method twice",
      help: "all options: textexplain --help")
  }

  @Test("no value at all is met with what is expected")
  func missingValue() throws {
    expectFailure(
      try runTool(["x", "--unit"]), 64, error: "missing value for '--unit <unit>'",
      help: "(values: word, grapheme, sentence, line, model; default: word)")
  }

  @Test(
    "bytes have binary suffixes",
    arguments: [
      ("67108864", true), ("64M", true), ("64MiB", true), ("65536K", true), ("1G", true),
      ("1GiB", true), ("67108863", false), ("65535K", false),
    ])
  func bytes(value: String, isEnough: Bool) throws {
    // The plugin does not exist: that is found out once the limit is accepted.
    let result = try runTool(["x", "--plugin", "absent", "--memory-limit", value])
    #expect(result.ending == .exit(isEnough ? 69 : 64), "\(result.errors)")
    if !isEnough { #expect(Complaint(result).error.contains("minimum of 67108864 bytes")) }
  }

  @Test("options that do nothing beside the others are warned of, and no others")
  func idleOptions() throws {
    let idle: [([String], String)] = [
      (
        ["--method", "shapley", "--lime-mode", "stable"],
        "--lime-mode does nothing without --method lime"
      ),
      (
        ["--method", "loo", "--lime-samples", "50"],
        "--lime-samples does nothing without --method lime"
      ),
      (
        ["--method", "lime", "--estimator", "exact"],
        "--estimator does nothing without --method shapley"
      ),
      (["--method", "lime", "--time", "1"], "--time does nothing without --method shapley"),
      (
        ["--method", "lime", "--tolerance", "0.1"],
        "--tolerance does nothing without --method shapley, or lime with --lime-mode stable"
      ),
      (
        ["--estimator", "exact", "--tolerance", "0.1"],
        "--tolerance does nothing with --estimator exact"
      ),
      (
        ["--method", "loo", "--budget", "50"],
        "--budget does nothing without --method shapley or lime"
      ),
      (
        ["--method", "lime", "--lime-samples", "90", "--budget", "50"],
        "--budget does nothing beside --lime-samples without --method shapley"
      ),
      (["--format", "json", "--top", "3"], "--top does nothing with --format json"),
      (["--format", "ndjson", "--width", "60"], "--width does nothing with --format ndjson"),
      (
        ["--format", "json", "--color", "always"], "--color always does nothing with --format json"
      ),
      (["--format", "ansi", "--color", "never"], "--color never does nothing with --format ansi"),
      (["--timings"], "--timings does nothing with --format text"),
    ]
    let call = ["explain", "a good film", "--plugin", "sentiment.so"]
    for (options, warning) in idle {
      let result = try runTool(call + options)
      #expect(result.ending == .exit(0))
      #expect(result.errors == "warning: \(warning)\n")
      #expect(try runTool(call + options + ["--quiet"]).errors.isEmpty)
    }
    let busy = [
      ["--method", "lime", "--lime-mode", "stable", "--tolerance", "0.1"],
      ["--tolerance", "0.1", "--lime-samples", "50", "--estimator", "kernel"],
      ["--method", "loo", "--seed", "5"], ["--method", "loo,lime", "--budget", "50"],
      ["--format", "json", "--timings"], ["--format", "ansi", "--top", "3", "--width", "60"],
    ]
    for options in busy { #expect(try runTool(call + options).errors.isEmpty, "\(options)") }
  }
}

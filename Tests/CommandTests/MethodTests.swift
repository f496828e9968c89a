import ExplanationModel
import Testing
import _TestSupport

@Suite("Methods asked of the command")
struct MethodTests {
  private let text = "I didn't love this movie, but the acting was great!"

  private func explain(_ arguments: String...) throws -> ExplanationDocument {
    try document(
      runTool(["--plugin", "sentiment.so", "--format", "json"] + arguments + ["--", text]))
  }

  @Test("standard options: both methods, exact, occurrences and types")
  func standard() throws {
    let document = try explain()
    #expect(document.explanations.map(\.method) == ["shapley", "lime"])
    #expect(document.explanations.map(\.players) == ["occurrence", "type"])
    #expect(document.explanations.map(\.label) == ["positive", "positive"])
    let shapley = try #require(document.explanations[0].shapley)
    let lime = try #require(document.explanations[1].lime)
    #expect(shapley.estimator == "exact" && shapley.exact)
    #expect(abs(shapley.efficiencyGap) <= 1e-9)
    #expect(lime.samples == 5000 && lime.kernelWidth == 25 && lime.selection == "none")
    #expect(document.plugin?.file == "libsentiment.so")
    #expect(document.generator.icu == "72.1")
    #expect(document.timings == nil)
  }

  @Test("each option arrives at the explanation")
  func options() throws {
    #expect(try explain("-m", "lime").explanations.map(\.method) == ["lime"])
    #expect(
      try explain("-m", "loo,lime").explanations.map(\.players) == ["occurrence", "type"])
    #expect(try explain("-l", "negative").explanations.allSatisfy { $0.labelIndex == 0 })
    #expect(try explain("--label-index", "0").explanations.allSatisfy { $0.label == "negative" })
    #expect(try explain("-l", "all").explanations.count == 4)
    #expect(try explain("--space", "logit").explanations.allSatisfy { $0.space == "logit" })
    #expect(try explain("--absent", "replace:_").explanations[0].absent == "replace:_")
    #expect(try explain("--players", "type").explanations.allSatisfy { $0.players == "type" })
    #expect(try explain("--tokens", "all").explanations[0].attributions.last?.text == "!")
    #expect(try explain("--unit", "sentence").tokens.map(\.kind) == ["segment"])
    #expect(try explain("--seed", "7").explanations.allSatisfy { $0.seed == 7 })
    #expect(try explain("--timings").timings != nil)
    #expect(try explain("--locale", "sv").tokens.count == 12)
    let kernel = try explain("--estimator", "kernel", "--budget", "100").explanations[0]
    #expect(kernel.evaluations == EvaluationCount(budget: 100, distinct: 100))
    #expect(kernel.attributions.allSatisfy { $0.standardError != nil })
    let lime = try explain(
      "--lime-samples", "300", "--kernel-width", "10", "--lime-features", "2", "--lime-selection",
      "forward"
    ).explanations[1]
    #expect(lime.attributions.filter { $0.value != 0 }.count == 2)
    let detail = try #require(lime.lime)
    #expect(detail.samples == 300 && detail.kernelWidth == 10 && detail.selection == "forward")
  }

  @Test(
    "what cannot be is refused with the remedy",
    arguments: [
      (["--label", "joyful"], "\"joyful\"", "\"negative\", \"positive\""),
      (["--label-index", "2"], "2", "\"negative\""),
      (["--label", "positive", "--label-index", "1"], "both given", "--help"),
      (["--budget", "21", "--estimator", "kernel"], "22", "--budget 22"),
      (["--budget", "5"], "22", "--budget 22"),
      (["--budget", "0"], "0", "--help"),
      (["--method", "gradients"], "gradients", "--help"),
      (["--method", "lime,lime"], "lime,lime", "--help"),
      (["--kernel-width", "0"], "0", "--kernel-width 25"),
      (["--lime-samples", "1"], "1", "--lime-samples 2"),
      (["--absent", "mask"], "mask", "--help"),
      (["--locale", "not a locale"], "not a locale", "\"en\""),
      (["--width", "5"], "5", "--help"),
      (["--estimator", "magic"], "magic", "--help"),
      (["--interactions=-1"], "--interactions -1", "--help"),
      (["--interactions", "2", "--method", "lime"], "--method shapley", "--help"),
      (["--tolerance", "1"], "--tolerance 1.0", "--help"),
      (["--settle-top", "0"], "--settle-top 0", "--help"),
      (["--settle-top", "2", "--estimator", "kernel"], "--estimator surrogate", "--help"),
      (["--time", "0"], "--time 0.0", "--help"),
      (["--in-process", "--require-sandbox"], "has no sandbox", "--help"),
      (["--time", "1", "--estimator", "kernel"], "--estimator surrogate", "--help"),
      (["--lime-mode", "best"], "best", "--help"),
      (["--lime-mode", "stable", "--lime-features", "3"], "--lime-features", "--help"),
      (["--lime-mode", "stable", "--lime-selection", "lasso"], "--lime-selection", "--help"),
      (["--lime-samples", "9000000000000000000"], "maximum of 10000000", "--help"),
      (["--budget", "4000000000000"], "maximum of 10000000", "--help"),
      (["--format", "html"], "html", "--help"),
      (["--json"], "unknown option '--json'", "JSON is --format json"),
      (["-m", "shapley", "--fail-under", "fidelity=0"], "needs --method lime", "--help"),
    ])
  func refused(_ arguments: [String], _ error: String, _ help: String) throws {
    expectFailure(
      try runTool(["--plugin", "sentiment.so"] + arguments + ["--", text]), 64, error: error,
      help: help)
  }

  /// 20 words, so that auto does not enumerate.
  private var long: String {
    "I really did not expect to like this quiet little film but the acting was great and it moved me"
  }

  private func shapley(_ arguments: [String]) throws -> Explanation {
    let result = try runTool(
      ["--plugin", "sentiment.so", "--method", "shapley", "-f", "json"] + arguments + ["--", long])
    #expect(result.ending == .exit(0), "\(result.errors)")
    return try #require(try document(result).explanations.first)
  }

  @Test("the estimator follows from the players and the budget")
  func automaticEstimator() throws {
    for (budget, estimator) in [("200", "surrogate"), ("1024", "surrogate"), ("1025", "kernel")] {
      let found = try shapley(["--budget", budget, "--tolerance", "0"])
      #expect(found.shapley?.estimator == estimator)
    }
  }

  @Test("the surrogate stops by its tolerance, and its budget repeats the run")
  func tolerance() throws {
    let arguments = ["--estimator", "surrogate", "--budget", "1000"]
    let stopped = try shapley(arguments + ["--tolerance", "0.05"])
    #expect(stopped.evaluations.distinct < 1000 && stopped.shapley?.converged == true)
    #expect(stopped.evaluations.budget == 1000)
    let whole = try shapley(arguments + ["--tolerance", "0"])
    #expect(whole.evaluations.distinct == 1000)
    let settled = try shapley(arguments + ["--tolerance", "0", "--settle-top", "1"])
    #expect(settled.evaluations.distinct < 1000)
    #expect(settled.shapley?.converged == true && settled.diagnostics.isEmpty)
    // There are no others to tell that many from.
    let unsettled = try shapley(arguments + ["--settle-top", "99", "--tolerance", "0.1"])
    #expect(unsettled.shapley?.converged == false)
    #expect(unsettled.diagnostics.contains { $0.message.contains("no other words") })
    #expect(unsettled.evaluations.distinct < 300)
    // The default for a fast plugin could not stop early.
    #expect(try shapley([]).shapley?.estimator == "kernel")
    #expect(try shapley(["--settle-top", "1"]).shapley?.estimator == "surrogate")
  }

  @Test("a run that was stopped by the clock records the budget that repeats it")
  func time() throws {
    // So many are never told apart: most words do nothing.
    for stop in [["--tolerance", "0"], ["--settle-top", "15"]] {
      let stopped = try shapley(["--time", "0.01"] + stop)
      let reached = stopped.evaluations.distinct
      #expect(stopped.evaluations.budget == reached && reached >= 42)
      let repeated = try shapley(["--estimator", "surrogate", "--budget", "\(reached)"] + stop)
      #expect(repeated == stopped)
    }
  }

  @Test("a sampling estimator with all coalitions at hand points to the exact one")
  func allCoalitions() throws {
    let result = try runTool(
      ["--plugin", "sentiment.so", "-m", "shapley", "--estimator", "permutation", "a good film"])
    #expect(result.output.contains("help: --estimator exact takes 8 evaluations"))
  }

  @Test("interactions in JSON and text, exact and estimated")
  func interactions() throws {
    for (budget, isExact) in [("auto", true), ("300", false)] {
      let arguments = [
        "--plugin", "sentiment.so", "--method", "shapley", "--interactions", "2", "--budget",
        budget,
      ]
      let sentence = "I didn't love this movie, but the acting was great!"
      let result = try runTool(arguments + ["-f", "json", "--", sentence])
      let detail = try #require(try document(result).explanations.first?.shapley)
      let interactions = try #require(detail.interactions)
      #expect(detail.exact == isExact && interactions.count == 2)
      #expect(interactions[0].texts == ["didn't", "love"] && interactions[0].value < -0.2)
      #expect((interactions[0].standardError == nil) == isExact)
      let text = try runTool(arguments + ["--", sentence])
      #expect(text.output.contains("together\n didn't ⨯ love  −0.3"), "\(text.output)")
    }
  }

  @Test("stable LIME says how sure it is, with all coalitions or with some")
  func stableLime() throws {
    let all = try explain("-m", "lime", "--lime-mode", "stable").explanations[0]
    #expect(all.lime?.mode == "stable" && all.lime?.samples == 1024)
    #expect(all.attributions.allSatisfy { $0.standardError == 0 })
    #expect(all.lime?.converged == nil && all.lime?.heldOutFidelity == all.lime?.fidelity)

    let some = try explain(
      "-m", "lime", "--lime-mode", "stable", "--lime-samples", "300"
    ).explanations[0]
    #expect(some.evaluations.distinct <= 300 && some.evaluations.budget == 300)
    #expect(some.lime?.converged != nil && some.lime?.effectiveSamples != nil)
    for (found, truth) in zip(some.attributions, all.attributions) {
      let error = try #require(found.standardError)
      #expect(abs(found.value - truth.value) <= 5 * error)
    }

    let arguments = ["--plugin", "sentiment.so", "-m", "lime", "--lime-mode", "stable"]
    let few = try runTool(arguments + ["--lime-samples", "100", "--", text])
    #expect(few.output.contains("±") && few.output.contains("held-out R²"))
    let exact = try runTool(arguments + ["--", text])
    #expect(!exact.output.contains(" ±0.00"))
  }

  @Test("enumeration of too many players names the number")
  func exactLimit() throws {
    let words = (0..<21).map { "w\($0)" }.joined(separator: " ")
    expectFailure(
      try runTool(["--plugin", "sentiment.so", "--estimator", "exact", "--", words]), 64,
      error: "2^21 = 2097152", help: "kernel")
  }

  @Test("equal runs give equal bytes", arguments: ["text", "ansi", "json", "ndjson"])
  func determinism(_ format: String) throws {
    let words = (0..<26).map { "good w\($0)" }.joined(separator: " ")
    let first = try sentiment(words, "--format", format)
    #expect(first.ending == .exit(0))
    #expect(try sentiment(words, "--format", format).stdout == first.stdout)
  }

  @Test(
    "every script is explained by its words",
    arguments: [
      ("这部电影非常好看", ["这", "部", "电影", "非常", "好看"]), ("อาหารอร่อยมาก", ["อาหาร", "อร่อย", "มาก"]),
      ("এই ছবিটা ভালো", ["এই", "ছবিটা", "ভালো"]), ("فيلم جميل جدا", ["فيلم", "جميل", "جدا"]),
      ("ok 👩‍👩‍👧 🇩🇪 3️⃣", ["ok", "👩‍👩‍👧", "🇩🇪", "3️⃣"]),
    ])
  func scripts(_ text: String, _ words: [String]) throws {
    let document = try document(sentiment(text, "--format", "json"))
    #expect(document.explanations.map { $0.attributions.map(\.text) } == [words, words])
  }

  @Test("exact values stand by the budget")
  func exactBudget() throws {
    expectFailure(
      try sentiment(text, "--estimator", "exact", "--budget", "10"), 64, error: "1024",
      help: "--budget 1024")
    let words = (0..<21).map { "w\($0)" }.joined(separator: " ")
    let result = try sentiment(
      words, "--estimator", "exact", "--budget", "2097152", "--method", "shapley", "--format",
      "json")
    #expect(try document(result).explanations[0].evaluations.distinct == 2_097_152)
  }

  @Test("equal words, whose values differ by noise only, are said not to have converged")
  func equalWords() throws {
    for seed in 0..<6 {
      let result = try sentiment(
        "good good good good", "--estimator", "permutation", "--seed", String(seed))
      #expect(result.ending == .exit(0), "\(result.errors)")
    }
  }

  @Test("values too large for a regression are refused", arguments: ["shapley", "lime"])
  func largeValues(_ method: String) throws {
    let plugin = try CCompiler.plugin(
      "variant.c", ["KIND": "TX_OUT_REGRESSION", "SCORE_0": "1e200", "SCORE_1": "-1e200"])
    let result = try runTool(["some text", "--plugin", plugin, "--method", method])
    expectFailure(result, 70, error: "1e+200", help: "too large")
  }

  @Test("many words of few types are few players")
  func fewTypes() throws {
    let words = (0..<2700).map { ["good", "bad", "film"][$0 % 3] }.joined(separator: " ")
    let result = try runTool(
      ["-", "--plugin", "sentiment.so", "--players", "type", "--format", "json"],
      stdin: Array(words.utf8))
    #expect(try document(result).explanations.map(\.attributions.count) == [3, 3])
  }
}

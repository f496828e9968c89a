import ExplanationModel
import Testing
import _TestSupport

/// Texts of a thousand and of ten thousand words, made of the corpus's reviews.
@Suite("Long texts")
struct LongTextTests {
  /// Whole reviews, over and over, until there are at least so many words.
  ///
  /// Of the first 132, so that the budgets below, which depend on the number of sentences, fit
  /// whatever is added to the file; the step of 7 reaches all of these.
  private func text(words: Int) throws -> String {
    let reviews = try TemporaryFolder().read(Repository.path("corpora/reviews.tsv"))
      .split(separator: "\n").dropFirst().prefix(132)
      .compactMap { $0.split(separator: "\t").last.map(String.init) }
    var text: [String] = []
    var count = 0
    while count < words {
      let review = reviews[text.count * 7 % reviews.count]
      text.append(review)
      count += review.split(separator: " ").count
    }
    return text.joined(separator: " ")
  }

  private func run(_ words: Int, _ arguments: String...) throws -> ToolResult {
    try runTool(
      ["explain", "-", "--plugin", "sentiment.so", "--method", "shapley"] + arguments,
      stdin: Array(text(words: words).utf8), timeLimit: 300)
  }

  @Test("a thousand words and ten thousand get Owen values within their budget")
  func owen() throws {
    for (words, budget) in [(1000, "6000"), (10_000, "24000")] {
      let document = try document(
        run(words, "--estimator", "owen", "--space", "raw", "--budget", budget, "-f", "json"))
      let explanation = try #require(document.explanations.first)
      let shapley = try #require(explanation.shapley)
      #expect(shapley.estimator == "owen" && !shapley.exact)
      #expect(explanation.attributions.count >= words)
      #expect(abs(shapley.efficiencyGap) <= 1e-9)
      let sum = explanation.attributions.reduce(0) { $0 + $1.value }
      #expect(abs(sum - (explanation.value - explanation.baseValue)) <= 1e-9)
      #expect(explanation.evaluations.distinct <= Int(budget) ?? 0)
      #expect(explanation.evaluations.distinct > 2 * explanation.attributions.count)
      // Asked for, they are no surprise.
      #expect(!explanation.diagnostics.contains { $0.code == .owenValues })
    }
  }

  @Test("auto takes Owen values beyond what a regression is for, and says so")
  func automatic() throws {
    let long = try document(run(1100, "--budget", "3000", "-f", "json")).explanations[0]
    #expect(long.shapley?.estimator == "owen")
    #expect(long.diagnostics.contains { $0.code == .owenValues })
    let text = try run(1100, "--budget", "3000", "--width", "100", "--top", "3")
    #expect(text.output.contains("Owen values (sentence → word), estimated"), "\(text.output)")
    #expect(text.output.contains(" Owen\n"), "\(text.output)")
    #expect(text.output.contains("note: with "), "\(text.output)")
    // The strongest sentences and words, not all of them.
    let below = text.output.split(separator: "\n").drop { !$0.hasPrefix(" why ") }
    #expect(below.count < 25, "\(text.output)")
    let sentences = below.drop { $0 != " sentences" }.dropFirst().prefix(4)
    #expect(sentences.count == 4, "\(text.output)")
    #expect(sentences.dropLast().allSatisfy { $0.contains(#/  [+−]\d\.\d+$/#) }, "\(sentences)")
    #expect(sentences.last?.contains(#/^ … \d+ more within/#) == true, "\(sentences)")
  }

  @Test("short texts too: exact where both levels are enumerated")
  func short() throws {
    let explanation = try document(
      sentiment(
        "A dull plot. But great acting, and a very good end.", "--estimator", "owen", "--method",
        "shapley", "-f", "json")
    ).explanations[0]
    let shapley = try #require(explanation.shapley)
    #expect(shapley.estimator == "owen" && shapley.exact)
    #expect(explanation.attributions.count == 11)
    // 2² + 2 (2³ − 2 + 2⁸ − 2)
    #expect(explanation.evaluations.distinct == 524)
  }

  @Test("what cannot be is refused with the remedy")
  func refused() throws {
    let error = try run(1100, "--estimator", "owen", "--budget", "2000")
    expectFailure(error, 64, error: "\"owen\" needs", help: "use --budget 2")
    let kernel = try run(2100, "--estimator", "kernel")
    expectFailure(
      kernel, 65, error: "\"kernel\" handles is 2000", help: "--estimator owen")
    expectFailure(
      try runTool(
        [
          "explain", "-", "--plugin", "sentiment.so", "--method", "lime", "--players", "occurrence",
        ],
        stdin: Array(text(words: 2100).utf8)), 65, error: "\"lime\" handles is 2000",
      help: "--method shapley")
  }
}

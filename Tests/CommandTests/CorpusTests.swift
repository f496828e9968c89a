import ExplanationModel
import Testing
import _TestSupport

/// The bundled plugin and both methods over every other pair of the corpus's reviews.
@Suite("Reviews of the corpus")
struct CorpusTests {
  private struct Review {
    let label: String
    let text: String
  }

  /// Two of every four, one of each label: each starts the program, which is where the time goes.
  private func reviews() throws -> [Review] {
    let file = try TemporaryFolder().read(Repository.path("corpora/reviews.tsv"))
    let lines = file.split(separator: "\n").dropFirst().enumerated().filter { $0.offset % 4 < 2 }
    return lines.map { _, line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Review(label: fields[0], text: fields[fields.count - 1])
    }
  }

  @Test(
    "Shapley values add up to the prediction, whatever the estimator, and most reviews are understood"
  )
  func efficiency() throws {
    let reviews = try reviews()
    #expect(reviews.count >= 200)
    var right = 0
    for (number, review) in reviews.enumerated() {
      let estimator = ["auto", "kernel", "permutation"][number % 3]
      let result = try sentiment(
        review.text, "--format", "ndjson", "--estimator", estimator, "--budget", "600",
        "--lime-samples", "300")
      let document = try document(result)
      let explanation = document.explanations[0]
      let gap = try #require(explanation.shapley).efficiencyGap
      let sum = explanation.attributions.reduce(0) { $0 + $1.value }
      #expect(abs(sum - (explanation.value - explanation.baseValue)) <= 1e-9)
      #expect(abs(gap) <= 1e-9)
      if document.explanations[0].label == review.label { right += 1 }
    }
    // A lexicon knows neither irony nor context: it gets about seven reviews in ten.
    #expect(right > reviews.count * 2 / 3)
  }
}

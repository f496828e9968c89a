import ExplanationModel

extension Samples {
  /// Owen values of four sentences, one of which cancels out and one of which holds a line break.
  ///
  /// Not among ``all``: what it knows of sentences is not in the JSON.
  static let owen: ExplanationDocument = {
    let text =
      "The room was spotless. Breakfast was cold\non both mornings, and nobody seemed to care about it at all! It is by the sea. We would gladly come back."
    let words = text.split { " .,!\n".contains($0) }.map(String.init)
    let tokens = Samples.tokens(text, words: words)
    var values = [Double](repeating: 0.001, count: words.count)
    for (index, value) in [
      (3, 0.2812), (6, -0.1512), (11, -0.0402), (20, -0.0512), (23, 0.05), (24, 0.1211),
      (26, 0.0301),
    ] { values[index] = value }
    var explanation = shapley(
      occurrences(tokens, values), label: "positive", index: 1, base: 0.5102, estimator: "owen",
      evaluations: 1208, converged: true)
    if case .shapley(var detail) = explanation.detail {
      detail.sentences = [0..<4, 4..<19, 19..<24, 24..<words.count]
      explanation.detail = .shapley(detail)
    }
    return document(
      text, tokens, labels: ["negative", "positive"],
      scores: [1 - explanation.value, explanation.value], [explanation])
  }()
}

import Attribution
import Classification
import ExplanationModel
import Glibc
import Segmentation
import TextExplain
import Testing

@Suite("Explainer")
struct ExplainerTests {
  /// "not" turns the word behind it around, wherever it stands; capitals count twice.
  private func interacting() -> ScriptedClassifier {
    let weights = ["good": 1.1, "GOOD": 2.2, "bad": -0.7, "really": 0.2]
    return ScriptedClassifier { text in
      var z = 0.1
      var sign = 1.0
      for word in text.split(separator: " ") {
        let weight = weights[String(word)] ?? 0
        z += sign * weight
        sign = word == "not" ? -1 : 1
      }
      let p = 1 / (1 + exp(-z))
      return [1 - p, p]
    }
  }

  private func removing(_ words: [String], keep: Set<Int>) -> String {
    words.enumerated().map { keep.contains($0) ? $1 : "" }.joined(separator: " ")
  }

  @Test("Shapley values equal brute force over the texts with words taken out")
  func bruteForceOccurrences() throws {
    let classifier = interacting()
    let words = ["not", "good", "really", "bad", "GOOD", "good"]
    let document = try explain(words.joined(separator: " "), with: classifier)
    let explanation = try #require(document.explanations.first { $0.method == "shapley" })
    let scorer = interacting()
    let expected = bruteForce(words.count) { set in
      scorer.scores(of: TextBatch([removing(words, keep: set)])).values[1]
    }
    #expect(explanation.label == "positive")
    for (attribution, phi) in zip(explanation.attributions, expected) {
      #expect(abs(attribution.value - phi) < 1e-12)
    }
    #expect(explanation.attributions.map(\.text) == words)
  }

  @Test("types play as one: all their occurrences come and go together")
  func bruteForceTypes() throws {
    let words = ["good", "not", "good", "bad", "good"]
    let document = try explain(words.joined(separator: " "), with: interacting()) {
      $0.players = .type
      $0.methods = [.shapley]
    }
    let explanation = try #require(document.explanations.first)
    let occurrences = [[0, 2, 4], [1], [3]]
    let scorer = interacting()
    let expected = bruteForce(3) { set in
      let keep = Set(set.flatMap { occurrences[$0] })
      return scorer.scores(of: TextBatch([removing(words, keep: keep)])).values[1]
    }
    #expect(explanation.players == "type")
    #expect(explanation.attributions.map(\.tokens) == occurrences)
    for (attribution, phi) in zip(explanation.attributions, expected) {
      #expect(abs(attribution.value - phi) < 1e-12)
    }
  }

  @Test("a replacement stands where the absent token stood")
  func replacement() throws {
    let classifier = ScriptedClassifier.logistic(bias: 0, weights: ["good": 1, "UNK": -0.5])
    _ = try explain("a good, good film", with: classifier) {
      $0.absent = .replace(with: "UNK")
      $0.methods = [.shapley]
    }
    #expect(classifier.texts.contains("UNK UNK, UNK UNK"))
    #expect(classifier.texts.contains("a good, UNK film"))
    #expect(classifier.texts.first == "a good, good film")
  }

  @Test("no text is scored twice, whatever methods and labels share the pool")
  func noTextTwice() throws {
    let classifier = ScriptedClassifier.logistic(bias: 0.2, weights: ["good": 1, "bad": -1])
    let document = try explain("a good good film with bad bad music", with: classifier) {
      $0.label = .all
    }
    #expect(document.explanations.count == 4)
    #expect(document.evaluations.distinct == classifier.texts.count)
    // Removing either of two neighbours leaves equal bytes now and then; masks, not texts, are counted.
    #expect(document.evaluations.distinct == 256)
  }

  @Test("masks of a prepared text give the bytes that texts give", arguments: [false, true])
  func maskedPath(isReplacing: Bool) throws {
    let text = "good good, not bad: a GOOD film with 3 bad jokes 😀"
    let change: (inout ExplainerOptions) -> Void = {
      $0.absent = isReplacing ? .replace(with: "_") : .remove
      $0.estimator = .kernel
      $0.budget = 300
      $0.limeSamples = 400
    }
    let plain = interacting()
    let masked = interacting()
    masked.offersMasks = true
    #expect(try explain(text, with: plain, change) == explain(text, with: masked, change))
    #expect(masked.maskCount > 300)
    #expect(Set(masked.texts) == Set(plain.texts))
  }

  @Test("batches are whole numbers of the classifier's calls, and change no number")
  func batches() throws {
    let text = "not good really bad GOOD good film music"
    let small = interacting()
    small.description.preferredBatch = 7
    let large = interacting()
    #expect(try explain(text, with: small) == explain(text, with: large))
    // The full text alone, then all the rest: 255 = 36 calls of 7 and a last one.
    #expect(small.batches == [1, 252, 3])
    let variant = interacting()
    variant.description.isBatchInvariant = false
    #expect(try explain(text, with: variant) == explain(text, with: large))
    #expect(variant.batches == [1, 255])
  }

  @Test("evaluations of a method count what it alone needed")
  func evaluationCounts() throws {
    let text = "a b c d e f g"
    let classifier = interacting()
    let document = try explain(text, with: classifier) { $0.limeSamples = 20 }
    let shapley = document.explanations[0]
    let lime = document.explanations[1]
    #expect(shapley.evaluations == EvaluationCount(budget: 128, distinct: 128))
    #expect(lime.evaluations.distinct <= 21)
    #expect(lime.evaluations.budget == nil)
    #expect(document.evaluations.distinct == 128)
  }

  @Test("the budget is never exceeded", arguments: [22, 40, 100, 777])
  func budget(_ budget: Int) throws {
    for estimator in [ShapleyEstimatorKind.kernel, .permutation] {
      let classifier = interacting()
      let document = try explain("a b c d e f g h i j", with: classifier) {
        $0.methods = [.shapley]
        $0.budget = budget
        $0.estimator = estimator
      }
      #expect(document.evaluations.distinct <= budget)
      #expect(document.explanations[0].shapley?.estimator == estimator.rawValue)
    }
  }

  @Test("default budgets follow the number of players and the declared cost")
  func standardBudgets() throws {
    let twenty = (0..<20).map { "w\($0)" }.joined(separator: " ")
    for (cost, expected, samples) in [(0, 4096, 5000), (999, 4096, 5000), (1000, 512, 1000)] {
      let classifier = ScriptedClassifier(cost: cost) {
        [1 / Double(2 + $0.utf8.count), 0].complemented
      }
      let document = try explain(twenty, with: classifier)
      #expect(document.explanations[0].evaluations.budget == expected)
      #expect(document.explanations[1].lime?.samples == samples)
    }
  }

  @Test("equal runs give equal documents, another seed another sample")
  func determinism() throws {
    let text = (0..<30).map { "w\($0) good" }.joined(separator: " ")
    let change: (inout ExplainerOptions) -> Void = { $0.budget = 500 }
    let first = try explain(text, with: interacting(), change)
    #expect(try explain(text, with: interacting(), change) == first)
    let other = try explain(text, with: interacting()) {
      $0.budget = 500
      $0.seed = 1
    }
    #expect(other.explanations[0].attributions != first.explanations[0].attributions)
    #expect(other.explanations[1].attributions != first.explanations[1].attributions)
  }

  @Test("offsets of tokens count bytes, UTF-16 units and scalars")
  func offsets() throws {
    let document = try explain("é 😀 x", with: interacting())
    #expect(document.tokens.map(\.utf8) == [0..<2, 3..<7, 8..<9])
    #expect(document.tokens.map(\.utf16) == [0..<1, 2..<4, 5..<6])
    #expect(document.tokens.map(\.scalars) == [0..<1, 2..<3, 4..<5])
    #expect(document.tokens.map(\.kind) == ["word", "emoji", "word"])
  }

  @Test("punctuation plays only when asked to")
  func punctuation() throws {
    let words = try explain("good, bad!", with: interacting())
    #expect(words.explanations[0].attributions.map(\.text) == ["good", "bad"])
    let all = try explain("good, bad!", with: interacting()) { $0.tokens = .all }
    #expect(all.explanations[0].attributions.map(\.text) == ["good", ",", "bad", "!"])
  }

  @Test("too many players for a method, or for all, are refused before any of them is scored")
  func tooManyPlayers() {
    let classifier = interacting()
    func text(_ count: Int) -> String { (0..<count).map { "w\($0)" }.joined(separator: " ") }
    #expect(
      throws: ExplainerError.tooManyPlayersForMethod(
        2001, limit: 2000, method: .lime, estimator: nil)
    ) { try explain(text(2001), with: classifier) }
    #expect(
      throws: ExplainerError.tooManyPlayersForMethod(
        2001, limit: 2000, method: .shapley, estimator: .kernel)
    ) { try explain(text(2001), with: classifier) { $0.estimator = .kernel } }
    #expect(
      throws: ExplainerError.tooManyPlayersForMethod(
        2001, limit: 2000, method: .shapley, estimator: nil)
    ) {
      try explain(text(2001), with: classifier) {
        $0.methods = [.shapley]
        $0.time = 1
      }
    }
    #expect(throws: ExplainerError.tooManyPlayers(20_001, limit: 20_000, unit: .word)) {
      try explain(text(20_001), with: classifier) { $0.methods = [.shapley] }
    }
    #expect(classifier.texts.isEmpty)
  }
}

extension [Double] {
  /// Two probabilities from the first.
  fileprivate var complemented: [Double] { [1 - self[0], self[0]] }
}

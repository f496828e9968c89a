import Attribution
import Classification
import ExplanationModel
import Glibc
import TextExplain
import Testing
import _TestSupport

@Suite("Owen values of texts")
struct OwenTests {
  private let text = "Not good. Really bad, but short! The end was good."

  /// The score of a word depends on the one before it, and the sum goes through a logistic function.
  private func classifier(masks: Bool = false) -> ScriptedClassifier {
    let weights = ["Not": -0.2, "good": 1.3, "bad": -1.1, "short": 0.4, "end": 0.1]
    let classifier = ScriptedClassifier { text in
      var z = 0.2
      var sign = 1.0
      for word in text.split(whereSeparator: { !$0.isLetter }).map(String.init) {
        z += sign * (weights[word] ?? 0)
        sign = word == "Not" ? -1 : word == "Really" ? 2 : 1
      }
      let p = 1 / (1 + exp(-z))
      return [1 - p, p]
    }
    classifier.offersMasks = masks
    return classifier
  }

  @Test("sentences are the groups: the values equal the definition")
  func definition() throws {
    let words = [
      ["Not", "good"], ["Really", "bad", "but", "short"], ["The", "end", "was", "good"],
    ]
    let explanation = try explain(text, with: classifier()) {
      $0.methods = [.shapley]
      $0.label = .name("positive")
      $0.estimator = .owen
    }.explanations[0]
    #expect(explanation.attributions.map(\.text) == words.flatMap { $0 })
    #expect(explanation.shapley?.exact == true)
    let all = words.flatMap { $0 }
    let marks = [" ", ". ", " ", ", ", " ", "! ", " ", " ", " ", "."]
    let scorer = classifier()
    let game = TableGame(
      playerCount: all.count,
      table: (0..<(1 << all.count)).map { present in
        let kept = all.indices.map { (present >> $0 & 1 == 1 ? all[$0] : "") + marks[$0] }
        return scorer.scores(of: TextBatch([kept.joined()])).values[1]
      })
    #expect(explanation.shapley?.sentences == [0..<2, 2..<6, 6..<10])
    let truth = owenValues(of: game, groups: [[0, 1], [2, 3, 4, 5], [6, 7, 8, 9]])
    for (attribution, value) in zip(explanation.attributions, truth) {
      #expect(abs(attribution.value - value) < 1e-12)
    }
  }

  @Test("a type belongs to the sentence that it first stands in")
  func types() throws {
    let explanation = try explain(text, with: classifier()) {
      $0.methods = [.shapley]
      $0.estimator = .owen
      $0.players = .type
    }.explanations[0]
    #expect(explanation.attributions.count == 9)
    // 2³ + 2² (2² − 2 + 2⁴ − 2 + 2³ − 2)
    #expect(explanation.evaluations.distinct == 96)
    #expect(abs(try #require(explanation.shapley).efficiencyGap) < 1e-12)
  }

  @Test("masks of long texts are known again by their fingerprints")
  func longMasks() throws {
    // More than 16 words of 64 bits, in one sentence and in many.
    let sentence = (0..<23).map { ["good", "bad", "w\($0)", "Not"][$0 % 4] }.joined(separator: " ")
    for separator in ["! ", " "] {
      let text = Array(repeating: sentence, count: 50).joined(separator: separator)
      let asked = try [false, true].map { masks in
        let classifier = classifier(masks: masks)
        let document = try explain(text, with: classifier) {
          $0.methods = [.shapley]
          $0.budget = 3000
        }
        let explanation = document.explanations[0]
        #expect(explanation.shapley?.estimator == "owen")
        #expect(explanation.diagnostics.contains { $0.code == .owenValues })
        #expect(abs(try #require(explanation.shapley).efficiencyGap) < 1e-9)
        #expect(explanation.evaluations.distinct <= 3000)
        #expect(document.evaluations.distinct == explanation.evaluations.distinct)
        // The full text is scored by itself; it and every other coalition once.
        #expect(classifier.texts.count == document.evaluations.distinct)
        return explanation
      }
      #expect(asked[0] == asked[1])
    }
  }

  @Test("as many groups as sentences, up to 60; then runs of about equal size")
  func segments() {
    func sizes(_ lengths: [Int]) -> [Int] {
      let sentences = lengths.enumerated().flatMap { Array(repeating: $0, count: $1) }
      let groups = SentenceGroups.groups(sentences: sentences)
      #expect(groups.members.flatMap { $0 } == Array(0..<sentences.count))
      return groups.members.map(\.count)
    }
    #expect(sizes([]) == [])
    #expect(sizes([3, 1, 7]) == [3, 1, 7])
    #expect(sizes(Array(repeating: 5, count: 60)) == Array(repeating: 5, count: 60))
    #expect(sizes(Array(repeating: 3, count: 120)) == Array(repeating: 6, count: 60))
    #expect(sizes(Array(repeating: 1, count: 10_000)).allSatisfy { (166...167).contains($0) })
    let uneven = sizes((0..<500).map { 1 + $0 * 13 % 40 })
    #expect(uneven.count <= 60 && uneven.count > 50)
    #expect((uneven.max() ?? 0) < 10_250 / 60 + 41)
    // A sentence is not cut.
    let long = sizes(Array(repeating: 10, count: 50) + [5000] + Array(repeating: 10, count: 50))
    #expect(long.contains { $0 >= 5000 } && long.count <= 60)
  }
}

import Classification
import ExplanationModel
import Glibc
import TextExplain
import Testing

@Suite("Labels, spaces and diagnostics")
struct OutputTests {
  private let weights = ["good": 1.25, "bad": -0.75, "fine": 0.5]

  @Test("on the logit, Shapley values of a logistic model are its weights")
  func logitWeights() throws {
    let classifier = ScriptedClassifier.logistic(bias: -0.3, weights: weights)
    let document = try explain("a good and fine film, not bad", with: classifier) {
      $0.space = .logit
    }
    let shapley = document.explanations[0]
    for attribution in shapley.attributions {
      #expect(abs(attribution.value - (weights[attribution.text] ?? 0)) < 1e-12)
    }
    #expect(abs(shapley.baseValue + 0.3) < 1e-12)
    #expect(shapley.space == "logit")
  }

  @Test("each kind of output in each of its spaces has the value that the definition gives")
  func spaces() throws {
    let p = [0.2, 0.3, 0.5]
    let cases: [(OutputKind, [Double], OutputSpace, Double)] = [
      (.probability, p, .probability, 0.5), (.probability, p, .raw, 0.5),
      (.probability, p, .logit, 0), (.multilabel, [0.1, 0.3, 0.8], .logit, log(4.0)),
      (.logProbability, p.map { log($0) }, .probability, 0.5),
      (.logProbability, p.map { log($0) }, .logit, 0),
      (.logProbability, p.map { log($0) }, .raw, log(0.5)),
      (.logit, [1, 2, 3], .probability, 1 / (1 + exp(-1.0) + exp(-2.0))),
      (.logit, [1, 2, 3], .raw, 3), (.regression, [-4, 0, 7], .raw, 7),
      (.margin, [-4, 0, 7], .raw, 7),
    ]
    for (kind, scores, space, expected) in cases {
      let classifier = ScriptedClassifier(kind: kind, labels: ["a", "b", "c"]) { _ in scores }
      let document = try explain("x", with: classifier) { $0.space = space }
      #expect(abs(document.explanations[0].value - expected) < 1e-12, "\(kind) \(space)")
    }
    let single = ScriptedClassifier(kind: .logit, labels: ["yes"]) { _ in [2] }
    let document = try explain("x", with: single) { $0.space = .probability }
    #expect(abs(document.explanations[0].value - 1 / (1 + exp(-2.0))) < 1e-15)
  }

  @Test(
    "a space that the outputs do not have is refused", arguments: [OutputKind.regression, .margin])
  func unavailableSpaces(_ kind: OutputKind) {
    let classifier = ScriptedClassifier(kind: kind, labels: ["x"]) { _ in [3] }
    for space in [OutputSpace.probability, .logit] {
      #expect(throws: ExplainerError.spaceUnavailable(space, kind: kind)) {
        try explain("x", with: classifier) { $0.space = space }
      }
    }
    #expect(OutputSpace.standard(for: kind) == .raw)
  }

  @Test("labels go by name, by position, by score, or all from one pool")
  func labels() throws {
    let classifier = ScriptedClassifier(labels: ["0", "1", "top"]) { _ in [0.2, 0.5, 0.3] }
    func explained(_ selection: ExplainerOptions.LabelSelection) throws -> [Int] {
      try explain("x", with: classifier) {
        $0.label = selection
        $0.methods = [.shapley]
      }.explanations.map(\.labelIndex)
    }
    #expect(try explained(.top) == [1])
    #expect(try explained(.name("0")) == [0])
    #expect(try explained(.name("top")) == [2])
    #expect(try explained(.index(2)) == [2])
    #expect(try explained(.all) == [0, 1, 2])
    #expect(throws: ExplainerError.noSuchLabel("x", labels: ["0", "1", "top"])) {
      try explained(.name("x"))
    }
    #expect(throws: ExplainerError.noSuchLabelIndex(3, labels: ["0", "1", "top"])) {
      try explained(.index(3))
    }
  }

  @Test("methods come in the order asked for, label by label")
  func order() throws {
    let classifier = ScriptedClassifier.logistic(bias: 0, weights: weights)
    let document = try explain("good bad", with: classifier) {
      $0.methods = [.lime, .shapley]
      $0.label = .all
    }
    #expect(document.explanations.map(\.method) == ["lime", "shapley", "lime", "shapley"])
    #expect(document.explanations.map(\.labelIndex) == [0, 0, 1, 1])
  }

  private func codes(_ document: ExplanationDocument) -> [[Diagnostic.Code]] {
    document.explanations.map { $0.diagnostics.map(\.code) }
  }

  @Test("a tie goes to the first label, and says so")
  func tie() throws {
    let classifier = ScriptedClassifier { [$0.isEmpty ? 0.4 : 0.5, $0.isEmpty ? 0.6 : 0.5] }
    let document = try explain("some words of text here", with: classifier)
    #expect(document.explanations.allSatisfy { $0.labelIndex == 0 })
    #expect(codes(document).allSatisfy { $0.contains(.labelTie) })
    let named = try explain("some words of text here", with: classifier) { $0.label = .index(1) }
    #expect(codes(named).allSatisfy { !$0.contains(.labelTie) })
  }

  @Test(
    "nothing to explain: the prediction, no attributions, a diagnostic",
    arguments: ["", " \n", "?!", "\u{0}"])
  func noPlayers(_ text: String) throws {
    let classifier = ScriptedClassifier.logistic(bias: 0.4, weights: weights)
    let document = try explain(text, with: classifier)
    #expect(codes(document) == [[.noPlayers], [.noPlayers]])
    #expect(
      document.explanations.allSatisfy { $0.attributions.isEmpty && $0.baseValue == $0.value })
    #expect(document.prediction.scores[1] == 1 / (1 + exp(-0.4)))
    #expect(document.evaluations.distinct == 1)
    #expect(document.agreement == nil)
  }

  @Test("a constant model: zeros, fidelity 1, a diagnostic")
  func constant() throws {
    let classifier = ScriptedClassifier { _ in [0.3, 0.7] }
    let document = try explain(
      (0..<25).map { "w\($0)" }.joined(separator: " "), with: classifier)
    #expect(codes(document) == [[.constantModel], [.constantModel]])
    #expect(document.explanations.allSatisfy { $0.attributions.allSatisfy { $0.value == 0 } })
    #expect(document.explanations[1].lime?.fidelity == 1)
    #expect(document.explanations[0].shapley?.converged == true)
    #expect(document.agreement == nil)
  }

  @Test("one word: exact values, and a warning about lime's ridge")
  func oneWord() throws {
    let classifier = ScriptedClassifier.logistic(bias: 0.1, weights: weights)
    let document = try explain("good", with: classifier)
    #expect(codes(document) == [[], [.fewPlayers]])
    // Few draws fit worse, but one word alone acts together with none.
    let few = try explain("good", with: classifier) { $0.limeSamples = 20 }
    #expect(few.explanations[1].lime.map { $0.fidelity < 0.5 } == true)
    #expect(codes(few) == [[], [.fewPlayers]])
    let shapley = document.explanations[0]
    #expect(abs(shapley.attributions[0].value - (shapley.value - shapley.baseValue)) < 1e-15)
  }

  @Test("clipped logits, cut texts and wide errors are said")
  func doubts() throws {
    let saturated = ScriptedClassifier { $0.contains("sure") ? [0, 1] : [0.5, 0.5] }
    let logits = try explain("I am sure of it", with: saturated) { $0.space = .logit }
    #expect(codes(logits)[0] == [.saturated])

    let cut = ScriptedClassifier.logistic(bias: 0, weights: weights)
    cut.window = 5
    let truncated = try explain("good bad fine", with: cut)
    #expect(truncated.prediction.truncated == true)
    #expect(codes(truncated)[0] == [.truncated])

    // A parity of many words: no estimator gets hold of it within a small budget.
    let parity = ScriptedClassifier { text in
      let isOdd = text.filter { $0 == "x" }.count % 2 == 1
      return isOdd ? [0.1, 0.9] : [0.9, 0.1]
    }
    let words = (0..<41).map { _ in "x" }.joined(separator: " ")
    let wide = try explain(words, with: parity) {
      $0.budget = 200
      $0.players = .occurrence
    }
    #expect(codes(wide)[0].contains(.notConverged))
    #expect(codes(wide)[1].contains(.lowFidelity))
  }

  @Test("a label's explanation is the same alone and among all")
  func allEqualsEach() throws {
    let text =
      "a good film with bad music and a fine end, or so they say of it again and again, they do"
    let classifier = ScriptedClassifier.logistic(bias: 0, weights: weights)
    let all = try explain(text, with: classifier) { $0.label = .all }
    for label in 0..<2 {
      let alone = try explain(text, with: classifier) { $0.label = .index(label) }
      #expect(alone.explanations == all.explanations.filter { $0.labelIndex == label })
    }
  }

  @Test("methods that rank alike agree")
  func agreement() throws {
    let classifier = ScriptedClassifier.logistic(bias: 0, weights: weights)
    let document = try explain("good fine bad plain", with: classifier) { $0.space = .logit }
    let agreement = try #require(document.agreement)
    #expect(agreement.kendallTau == 1)
    #expect(agreement.top5Overlap == 1)
  }

  @Test("timings appear only when asked for")
  func timings() throws {
    let classifier = ScriptedClassifier.logistic(bias: 0, weights: weights)
    #expect(try explain("good", with: classifier).timings == nil)
    let timings = try #require(
      try explain("good", with: classifier) { $0.includesTimings = true }.timings)
    #expect(timings.totalSeconds >= timings.modelSeconds)
  }
}

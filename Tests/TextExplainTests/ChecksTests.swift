import Attribution
import Classification
import ExplanationModel
import Glibc
import TextExplain
import Testing

@Suite("Checks of explanations")
struct ChecksTests {
  private let weights = ["good": 1.25, "bad": -0.75, "fine": 0.5, "_": 0.25]
  private let methods: [ExplainerOptions.Method] = [.shapley, .lime, .loo]

  private func logistic(_ bias: Double = 0) -> ScriptedClassifier {
    ScriptedClassifier { [weights] text in
      let z = text.split { $0 == " " || $0 == "," }.reduce(bias) { $0 + (weights[String($1)] ?? 0) }
      let p = 1 / (1 + exp(-z))
      return [1 - p, p]
    }
  }

  private func checked(
    _ text: String, _ classifier: any Classifier,
    _ change: (inout ExplainerOptions) -> Void = { _ in }
  ) throws -> ExplanationDocument {
    try explain(text, with: classifier) {
      $0.includesChecks = true
      $0.methods = methods
      change(&$0)
    }
  }

  @Test("leave-one-out on the logit of a logistic model is its weights; occurrences play")
  func leaveOneOut() throws {
    let document = try explain("a good and good film, not bad", with: logistic(-0.3)) {
      $0.methods = [.loo]
      $0.space = .logit
    }
    let explanation = document.explanations[0]
    #expect(explanation.method == "loo" && explanation.players == "occurrence")
    #expect(explanation.detail == .leaveOneOut && explanation.checks == nil)
    for attribution in explanation.attributions {
      #expect(abs(attribution.value - (weights[attribution.text] ?? 0)) < 1e-12)
    }
    #expect(explanation.evaluations == EvaluationCount(distinct: 9))
    #expect(document.evaluations.distinct == 9)
    #expect(document.agreement == nil)
  }

  @Test("an additive model is explained faithfully, by every number")
  func additive() throws {
    let document = try checked("good and fine, then bad", logistic(-0.3)) { $0.space = .logit }
    for explanation in document.explanations where explanation.lime == nil {
      let checks = try #require(explanation.checks)
      #expect(abs(try #require(checks.heldOutR2) - 1) < 1e-12)
      #expect(abs(try #require(checks.heldOutLocalR2) - 1) < 1e-12)
      #expect(try #require(checks.infidelity) < 1e-24)
      #expect(try #require(checks.infidelityRatio) < 1e-12)
      #expect(abs(try #require(checks.normalizedAOPC) - 1) < 1e-12)
      #expect(checks.leaveOneOutTau == 1)
      #expect(try #require(checks.efficiencyGap) < 1e-12)
      // Ranked good 1.25, fine 0.5, and 0, then 0, bad -0.75; bins of 1 and 3 of 5 players.
      #expect(checks.bins.map(\.players) == [1, 3])
      #expect(abs(try #require(checks.comprehensiveness) - 1.5) < 1e-12)
      // With good alone 0.5 - 0.75 is lost, with the first three -0.75.
      #expect(abs(try #require(checks.sufficiency) + 0.5) < 1e-12)
      // 0, 1.25, 1.75 three times, and 1 in the end.
      #expect(abs(try #require(checks.aopc) - 1.25) < 1e-12)
      // -0.3 + 1 = 0.7 for the text, and without "good" -0.55.
      #expect(checks.flip?.texts == ["good"] && checks.flip?.label == "negative")
      #expect(checks.flip?.outcome == .smallest && checks.flipSize == 1)
    }
    let lime = try #require(document.explanations.first { $0.lime != nil }?.checks)
    // lime's ridge penalty shrinks the weights of so few words.
    let heldOut = try #require(lime.heldOutR2)
    let tau = try #require(lime.leaveOneOutTau)
    #expect(heldOut > 0.98, "\(heldOut)")
    #expect(tau > 0.7, "\(tau)")
  }

  @Test("no text is scored twice, and evaluations count what the checks ask for")
  func evaluations() throws {
    let classifier = ScriptedClassifier { [0.3, Double($0.utf8.count)] }
    classifier.description.outputKind = .regression
    let document = try checked("a bb ccc dddd", classifier)
    #expect(Set(classifier.texts).count == classifier.texts.count)
    // All 16 under one rule, and under the other what leave-one-out needs, the full text being known.
    #expect(document.evaluations.distinct == 21)
    #expect(classifier.texts.count == 21)
    #expect(document.explanations.map { $0.checks?.evaluations.distinct } == [21, 21, 21])
  }

  @Test("held-out coalitions are those that the explanation was not made from")
  func heldOut() throws {
    let text = "good a fine b bad c"
    let document = try checked(text, logistic()) {
      $0.estimator = .kernel
      $0.budget = 40
      $0.limeSamples = 30
    }
    let shapley = document.explanations[0]
    #expect(shapley.checks?.heldOutCoalitions == 64 - shapley.evaluations.distinct)
    // The empty coalition is no candidate, and LIME was asked for it at the end.
    let lime = document.explanations[1]
    #expect(lime.checks?.heldOutCoalitions == 64 - lime.evaluations.distinct)
    let loo = document.explanations[2]
    #expect(loo.checks?.heldOutCoalitions == 64 - 8)
    let exact = try checked(text, logistic()) { $0.methods = [.shapley] }
    #expect(exact.explanations[0].checks?.heldOutCoalitions == 0)
    let long = (0..<20).map { "w\($0) good" }.joined(separator: " ")
    let sampled = try checked(long, logistic()) { $0.methods = [.shapley] }
    #expect(sampled.explanations[0].checks?.heldOutCoalitions == 256)
  }

  @Test("a slow classifier is asked less")
  func slow() throws {
    let long = (0..<20).map { "w\($0) good" }.joined(separator: " ")
    let classifier = ScriptedClassifier(cost: 1000) { [0, 1 / Double(1 + $0.utf8.count)] }
    classifier.description.outputKind = .multilabel
    let checks = try #require(
      try checked(long, classifier) { $0.methods = [.shapley] }.explanations[0].checks)
    #expect(checks.heldOutCoalitions == 64)
    // Two curves, leave-one-out under both rules, two laws; pairs are too many to be tried.
    #expect(checks.evaluations.distinct <= 2 * 40 + 2 * 41 + 2 * 64 + 512)
  }

  @Test("without players there is nothing to check", arguments: ["", "?!"])
  func noPlayers(_ text: String) throws {
    let classifier = logistic()
    let document = try checked(text, classifier)
    #expect(document.explanations.map(\.method) == ["shapley", "lime", "loo"])
    #expect(document.explanations.allSatisfy { $0.checks == nil && $0.attributions.isEmpty })
    #expect(document.evaluations.distinct == 1 && classifier.texts.count == 1)
  }

  @Test("one player: rankings and sums that rank and sample nothing are absent")
  func onePlayer() throws {
    for explanation in try checked("good", logistic(-0.5)).explanations {
      let checks = try #require(explanation.checks)
      let loss = explanation.value - explanation.baseValue
      #expect(checks.comprehensiveness == loss && checks.sufficiency == 0)
      #expect(checks.aopc == loss / 2)
      #expect(checks.normalizedAOPC == nil && checks.leaveOneOutTau == nil)
      #expect(checks.infidelity == nil && checks.heldOutR2 == nil && checks.removalTau == nil)
      #expect(checks.flip?.players == [0] && checks.flip?.outcome == .smallest)
      // The word alone, and none; and the other rule's text without the word.
      #expect(checks.evaluations.distinct == 3)
    }
  }

  @Test("two players")
  func twoPlayers() throws {
    let document = try checked("good bad", logistic()) {
      $0.space = .logit
      $0.methods = [.shapley, .loo]
    }
    for explanation in document.explanations {
      let checks = try #require(explanation.checks)
      #expect(checks.bins.map(\.players) == [1])
      #expect(abs(try #require(checks.heldOutR2) - 1) < 1e-12)
      #expect(checks.leaveOneOutTau == 1)
      #expect(abs(try #require(checks.normalizedAOPC) - 1) < 1e-12)
    }
  }

  @Test("a constant model: no loss, no ranking, no flip, and the sum explains it")
  func constant() throws {
    for explanation in try checked("a b c", ScriptedClassifier { _ in [0.3, 0.7] }).explanations {
      let checks = try #require(explanation.checks)
      #expect(checks.comprehensiveness == 0 && checks.sufficiency == 0 && checks.aopc == 0)
      #expect(checks.normalizedAOPC == nil && checks.leaveOneOutTau == nil)
      #expect(checks.removalTau == nil && checks.efficiencyGap == 0)
      #expect(checks.infidelity == 0 && checks.infidelityRatio == 0 && checks.heldOutR2 == 1)
      #expect(checks.flip == Checks.Flip(outcome: .impossible) && checks.flipSize == nil)
    }
  }

  @Test("equal attributions are ranked in text order, and correlate with nothing")
  func equalAttributions() throws {
    let document = try checked("good good good", logistic(-3)) {
      $0.players = .occurrence
      $0.space = .logit
      $0.methods = [.loo]
    }
    let checks = try #require(document.explanations[0].checks)
    #expect(checks.leaveOneOutTau == nil && checks.normalizedAOPC == nil)
    #expect(checks.flip?.players == [0])
  }

  @Test("a regression decides nothing")
  func regression() throws {
    let classifier = ScriptedClassifier(kind: .regression, labels: ["stars"]) {
      [Double($0.split(separator: " ").count)]
    }
    for explanation in try checked("one two three", classifier).explanations {
      #expect(explanation.checks?.flip == nil && explanation.checks?.flipSize == nil)
      #expect(explanation.checks?.comprehensiveness != nil)
    }
  }

  @Test("each kind of output has its own decision")
  func decisions() throws {
    let cases: [(OutputKind, Int, Double, Double)] = [
      (.multilabel, 3, 0.6, 0.4), (.probability, 1, 0.5, 0.49), (.margin, 1, 0, -0.1),
      (.logit, 1, 2, -2), (.logProbability, 1, log(0.5), log(0.4)),
    ]
    for (kind, count, with, without) in cases {
      let labels = (0..<count).map { "l\($0)" }
      let classifier = ScriptedClassifier(kind: kind, labels: labels) { text in
        let score = text.contains("good") ? with : without
        return (0..<count).map { $0 == count - 1 ? score : 0.9 }
      }
      let document = try checked("a good film", classifier) { $0.label = .index(count - 1) }
      let flip = try #require(document.explanations[0].checks?.flip)
      #expect(flip.texts == ["good"] && flip.label == nil, "\(kind)")
    }
  }

  @Test("of several labels every one has its own flip: out of it, or into it")
  func allLabels() throws {
    let classifier = ScriptedClassifier(kind: .margin, labels: ["x", "y", "z"]) { text in
      let words = Set(text.split(separator: " "))
      return [
        words.contains("a") ? 3 : 0, words.contains("b") ? 2 : 1, words.contains("c") ? -1 : 2,
      ]
    }
    let document = try checked("a b c", classifier) {
      $0.label = .all
      $0.methods = [.loo]
    }
    let flips = document.explanations.map { $0.checks?.flip }
    // Without a, y leads with 2, and without c z has as much.
    #expect(
      flips == [
        Checks.Flip(outcome: .smallest, players: [0], texts: ["a"], label: "y"),
        Checks.Flip(outcome: .smallest, players: [0], texts: ["a"], label: "y"),
        Checks.Flip(outcome: .smallest, players: [0, 2], texts: ["a", "c"], tied: ["y", "z"]),
      ])
  }

  @Test("scores that are level without a word are told as such, whichever label comes first")
  func ties() throws {
    let classifier = ScriptedClassifier(kind: .probability, labels: ["no", "yes"]) { text in
      let positive = text.contains("good") ? 0.8 : text.contains("bad") ? 0.2 : 0.5
      return [1 - positive, positive]
    }
    for word in ["good", "bad"] {
      let document = try checked("\(word) film", classifier) { $0.methods = [.loo] }
      #expect(
        document.explanations[0].checks?.flip
          == Checks.Flip(outcome: .smallest, players: [0], texts: [word], tied: ["no", "yes"]))
    }
    // What is level from the beginning changes only where another label is ahead.
    let document = try checked("film", classifier) { $0.methods = [.loo] }
    #expect(document.explanations[0].checks?.flip == Checks.Flip(outcome: .impossible))
  }

  @Test("the smallest flip is that of brute force over texts")
  func flips() throws {
    let words = ["good", "fine", "a", "good", "bad", "fine", "good"]
    for bias in [-0.4, -1.1, -2.2, -3.3] {
      let classifier = logistic(bias)
      func isPositive(_ mask: Int) -> Bool {
        let z = words.indices.reduce(bias) {
          mask >> $1 & 1 == 1 ? $0 + (weights[words[$1]] ?? 0) : $0
        }
        return z > 0
      }
      let sizes = (1..<128).filter { isPositive(127 & ~$0) != isPositive(127) }
      let expected = try #require(sizes.map(\.nonzeroBitCount).min())
      let document = try checked(words.joined(separator: " "), classifier) {
        $0.players = .occurrence
      }
      for explanation in document.explanations {
        #expect(explanation.checks?.flipSize == expected)
        #expect(explanation.checks?.flip?.outcome == .smallest)
      }
    }
  }

  @Test("rules of removal that rank alike, and others")
  func removal() throws {
    let alike = try checked("good bad", logistic()) { $0.methods = [.loo] }.explanations[0].checks
    #expect(alike?.removalAlternative == "replace:_" && alike?.removalTau == 1)
    let against = ScriptedClassifier { text in
      let z = text.contains("_") ? (text.contains("good") ? 2.0 : 5) : text.contains("good") ? 2 : 0
      return [0, 1 / (1 + exp(-z))]
    }
    against.description.outputKind = .multilabel
    let changed = try checked("good bad", against) { $0.methods = [.loo] }.explanations[0].checks
    #expect(changed?.removalTau == -1)
    let replaced = try checked("good bad", logistic()) {
      $0.absent = .replace(with: "X")
    }.explanations[0].checks
    #expect(replaced?.removalAlternative == "remove")
    let empty = try checked("good bad", logistic()) {
      $0.absent = .replace(with: "")
    }.explanations[0].checks
    #expect(empty?.removalAlternative == "replace:_")
  }

  @Test("masks give what texts give, whatever the batch")
  func determinism() throws {
    let text = "good, bad fine good film and bad fine music that goes on and on"
    let change: (inout ExplainerOptions) -> Void = {
      $0.budget = 200
      $0.limeSamples = 100
      $0.label = .all
    }
    let first = try checked(text, logistic(), change)
    let masked = logistic()
    masked.offersMasks = true
    #expect(try checked(text, masked, change) == first)
    let small = logistic()
    small.description.preferredBatch = 7
    #expect(try checked(text, small, change) == first)
    let other = try checked(text, logistic()) {
      change(&$0)
      $0.seed = 1
    }
    #expect(other.explanations[4].checks?.infidelity != first.explanations[4].checks?.infidelity)
  }

  @Test("checks change no explanation, and come only when asked for")
  func unchanged() throws {
    let text = "good, bad fine good film"
    let plain = try explain(text, with: logistic()) { $0.methods = methods }
    var checked = try checked(text, logistic())
    #expect(plain.explanations.allSatisfy { $0.checks == nil })
    #expect(checked.explanations.allSatisfy { $0.checks != nil })
    for index in checked.explanations.indices { checked.explanations[index].checks = nil }
    #expect(checked.explanations == plain.explanations)
  }

  @Test("progress never goes back or beyond what was announced")
  func progressIsBounded() throws {
    var most = 0
    var last = 0
    var options = ExplainerOptions()
    options.includesChecks = true
    options.methods = methods
    let explainer = try Explainer(classifier: logistic(), options: options)
    explainer.onProgress = { done, announced in
      #expect(done >= last && done <= announced)
      last = done
      most = announced
    }
    let text = (0..<40).map { "w\($0) good" }.joined(separator: " ")
    let document = try explainer.explain(Array(text.utf8))
    #expect(last == document.evaluations.distinct && most >= last)
  }
}

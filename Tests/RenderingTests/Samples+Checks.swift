import ExplanationModel

extension Samples {
  static func leaveOneOut(
    _ attributions: [Attribution], label: String, index: Int, base: Double, value: Double
  ) -> Explanation {
    Explanation(
      label: label, labelIndex: index, space: "probability", players: "occurrence",
      absent: "remove", detail: .leaveOneOut, baseValue: base, value: value,
      attributions: attributions,
      evaluations: EvaluationCount(distinct: attributions.count + 2), seed: 0, diagnostics: [])
  }

  /// Checks with every number that there can be.
  static func allChecks(scale: Double = 1) -> Checks {
    var checks = Checks(evaluations: EvaluationCount(distinct: 1321))
    checks.comprehensiveness = 0.2914 * scale
    checks.sufficiency = -0.0412 * scale
    checks.bins = [
      Checks.Bin(percent: 1, players: 1, comprehensiveness: 0.25 * scale, sufficiency: 0),
      Checks.Bin(percent: 20, players: 3, comprehensiveness: 0.3 * scale, sufficiency: -0.1),
    ]
    checks.aopc = 0.31 * scale
    checks.normalizedAOPC = 0.9712
    checks.deletionArea = 0.25
    checks.insertionArea = 0.75
    checks.leaveOneOutTau = 0.8123
    checks.infidelity = 0.0012
    checks.infidelityRatio = 0.0712
    checks.heldOutR2 = 0.9312
    checks.heldOutLocalR2 = 0.9512
    checks.heldOutCoalitions = 256
    checks.efficiencyGap = 0
    checks.flipSize = 2
    checks.flip = Checks.Flip(
      outcome: .smallest, players: [5, 9], texts: ["but", "great"], label: "negative")
    checks.removalTau = 0.7412
    checks.removalAlternative = "replace:_"
    return checks
  }

  /// All methods, checked; LIME leaves much untold.
  static let checks: ExplanationDocument = {
    var document = english
    var lime = allChecks(scale: 0.9)
    lime.normalizedAOPC = nil
    lime.heldOutR2 = -12.75
    lime.flipSize = 3
    lime.flip = Checks.Flip(
      outcome: .irreducible, players: [1, 6, 9], texts: ["didn't", "the", "great"],
      label: "negative")
    var loo = allChecks(scale: 1.1)
    loo.flipSize = nil
    loo.flip = Checks.Flip(outcome: .notFound)
    let first = document.explanations[0]
    document.explanations.append(
      leaveOneOut(
        first.attributions.map { attribution in
          var attribution = attribution
          attribution.value *= 0.8
          return attribution
        }, label: first.label, index: first.labelIndex, base: first.baseValue, value: first.value))
    for (index, checks) in [allChecks(), lime, loo].enumerated() {
      document.explanations[index].checks = checks
    }
    return document
  }()

  /// Leave-one-out alone, of one word, of which little can be told.
  static let checksOfOne: ExplanationDocument = {
    let tokens = Samples.tokens("good", words: ["good"])
    var explanation = leaveOneOut(
      occurrences(tokens, [0.1875]), label: "positive", index: 1, base: 0.5, value: 0.6875)
    var checks = Checks(evaluations: EvaluationCount(distinct: 3))
    checks.comprehensiveness = 0.1875
    checks.sufficiency = 0
    checks.bins = [
      Checks.Bin(percent: 1, players: 1, comprehensiveness: 0.1875, sufficiency: 0)
    ]
    checks.aopc = 0.09375
    checks.deletionArea = 0.59375
    checks.insertionArea = 0.59375
    checks.efficiencyGap = 0
    checks.flip = Checks.Flip(outcome: .impossible)
    checks.removalAlternative = "remove"
    explanation.checks = checks
    return document(
      "good", tokens, labels: ["negative", "positive"], scores: [0.3125, 0.6875], [explanation])
  }()
}

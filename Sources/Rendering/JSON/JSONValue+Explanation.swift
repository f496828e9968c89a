import ExplanationModel

extension JSONValue {
  init(_ explanation: Explanation) {
    let head: KeyValuePairs<String, JSONValue?> = [
      "method": .string(explanation.method),
      "label": .string(explanation.label),
      "labelIndex": .integer(explanation.labelIndex),
      "space": .string(explanation.space),
      "players": .string(explanation.players),
      "absent": .string(explanation.absent),
    ]
    let how: KeyValuePairs<String, JSONValue?>
    let fit: KeyValuePairs<String, JSONValue?>
    var converged: Bool?
    var interactions: [Interaction]?
    switch explanation.detail {
    case .shapley(let detail):
      how = [
        "estimator": .string(detail.estimator), "exact": .bool(detail.exact),
        "certificate": detail.certificate.map(JSONValue.init),
      ]
      fit = ["efficiencyGap": .double(detail.efficiencyGap)]
      converged = detail.converged
      interactions = detail.interactions
    case .lime(let detail):
      how = [
        "mode": .string(detail.mode),
        "samples": .integer(detail.samples),
        "effectiveSamples": detail.effectiveSamples.map(JSONValue.double),
        "kernelWidth": .double(detail.kernelWidth),
        "selection": .string(detail.selection),
      ]
      fit = [
        "intercept": .double(detail.intercept),
        "localPrediction": .double(detail.localPrediction),
        "fidelity": .double(detail.fidelity),
        "heldOutFidelity": detail.heldOutFidelity.map(JSONValue.double),
      ]
      converged = detail.converged
    case .leaveOneOut:
      how = [:]
      fit = [:]
    }
    let values: KeyValuePairs<String, JSONValue?> = [
      "baseValue": .double(explanation.baseValue),
      "value": .double(explanation.value),
    ]
    let tail: KeyValuePairs<String, JSONValue?> = [
      "attributions": .array(explanation.attributions.map(JSONValue.init)),
      "interactions": interactions.map { .array($0.map(JSONValue.init)) },
      "evaluations": JSONValue(explanation.evaluations),
      "seed": .unsigned(explanation.seed),
      "converged": converged.map(JSONValue.bool),
      "checks": explanation.checks.map(JSONValue.init),
      "diagnostics": .array(explanation.diagnostics.map(JSONValue.init)),
    ]
    self = .object(
      [head, how, values, fit, tail].joined().compactMap { key, value in value.map { (key, $0) } })
  }

  init(_ count: EvaluationCount) {
    self = .object([
      "budget": count.budget.map(JSONValue.integer),
      "distinct": .integer(count.distinct),
    ])
  }

  private init(_ interaction: Interaction) {
    self = .object([
      "players": .array(interaction.players.map(JSONValue.integer)),
      "texts": .array(interaction.texts.map(JSONValue.string)),
      "value": .double(interaction.value),
      "standardError": interaction.standardError.map(JSONValue.double),
    ])
  }

  private init(_ certificate: Certificate) {
    self = .object([
      "name": .string(certificate.name),
      "freshCoalitions": .integer(certificate.freshCoalitions),
      "bound": certificate.bound.map(JSONValue.double),
    ])
  }

  private init(_ attribution: Attribution) {
    self = .object([
      "player": .integer(attribution.player),
      "tokens": .array(attribution.tokens.map(JSONValue.integer)),
      "text": .string(attribution.text),
      "value": .double(attribution.value),
      "standardError": attribution.standardError.map(JSONValue.double),
    ])
  }

  private init(_ diagnostic: Diagnostic) {
    self = .object([
      "code": .string(diagnostic.code.rawValue),
      "message": .string(diagnostic.message),
      "help": .string(diagnostic.help),
    ])
  }
}

import ExplanationModel

extension JSONValue {
  init(_ checks: Checks) {
    self = .object([
      "comprehensiveness": checks.comprehensiveness.map(JSONValue.double),
      "sufficiency": checks.sufficiency.map(JSONValue.double),
      "bins": .array(checks.bins.map(JSONValue.init)),
      "aopc": checks.aopc.map(JSONValue.double),
      "normalizedAOPC": checks.normalizedAOPC.map(JSONValue.double),
      "deletionArea": checks.deletionArea.map(JSONValue.double),
      "insertionArea": checks.insertionArea.map(JSONValue.double),
      "leaveOneOutTau": checks.leaveOneOutTau.map(JSONValue.double),
      "infidelity": checks.infidelity.map(JSONValue.double),
      "infidelityRatio": checks.infidelityRatio.map(JSONValue.double),
      "heldOutR2": checks.heldOutR2.map(JSONValue.double),
      "heldOutLocalR2": checks.heldOutLocalR2.map(JSONValue.double),
      "heldOutCoalitions": checks.heldOutCoalitions.map(JSONValue.integer),
      "efficiencyGap": checks.efficiencyGap.map(JSONValue.double),
      "flipSize": checks.flipSize.map(JSONValue.integer),
      "flip": checks.flip.map(JSONValue.init),
      "removalTau": checks.removalTau.map(JSONValue.double),
      "removalAlternative": checks.removalAlternative.map(JSONValue.string),
      "evaluations": JSONValue(checks.evaluations),
    ])
  }

  private init(_ bin: Checks.Bin) {
    self = .object([
      "percent": .integer(bin.percent),
      "players": .integer(bin.players),
      "comprehensiveness": .double(bin.comprehensiveness),
      "sufficiency": .double(bin.sufficiency),
    ])
  }

  private init(_ flip: Checks.Flip) {
    self = .object([
      "outcome": .string(flip.outcome.rawValue),
      "players": flip.players.map { .array($0.map(JSONValue.integer)) },
      "texts": flip.texts.map { .array($0.map(JSONValue.string)) },
      "label": flip.label.map(JSONValue.string),
      "tied": flip.tied.map { .array($0.map(JSONValue.string)) },
    ])
  }
}

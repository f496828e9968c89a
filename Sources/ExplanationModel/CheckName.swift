/// The numbers by which an explanation can be judged, by their names in JSON.
public enum CheckName: String, Sendable, CaseIterable {
  case fidelity
  case comprehensiveness
  case sufficiency
  case aopc
  case normalizedAOPC
  case deletionArea
  case insertionArea
  case leaveOneOutTau
  case infidelity
  case infidelityRatio
  case heldOutR2
  case heldOutLocalR2
  case efficiencyGap
  case flipSize
  case removalTau

  /// Which values of a check are good.
  public enum Direction: Sendable {
    case high
    case low
  }

  /// Which values are good; nil for the number of words of a flip, which judges no explanation.
  public var goodDirection: Direction? {
    switch self {
    case .fidelity, .comprehensiveness, .aopc, .normalizedAOPC, .insertionArea, .leaveOneOutTau,
      .heldOutR2, .heldOutLocalR2, .removalTau:
      .high
    case .sufficiency, .deletionArea, .infidelity, .infidelityRatio, .efficiencyGap: .low
    case .flipSize: nil
    }
  }
}

extension Explanation {
  /// A number of ``checks``, or LIME's fidelity; nil where the explanation has none.
  public func number(_ name: CheckName) -> Double? {
    switch name {
    case .fidelity: lime?.fidelity
    case .comprehensiveness: checks?.comprehensiveness
    case .sufficiency: checks?.sufficiency
    case .aopc: checks?.aopc
    case .normalizedAOPC: checks?.normalizedAOPC
    case .deletionArea: checks?.deletionArea
    case .insertionArea: checks?.insertionArea
    case .leaveOneOutTau: checks?.leaveOneOutTau
    case .infidelity: checks?.infidelity
    case .infidelityRatio: checks?.infidelityRatio
    case .heldOutR2: checks?.heldOutR2
    case .heldOutLocalR2: checks?.heldOutLocalR2
    case .efficiencyGap: checks?.efficiencyGap
    case .flipSize: checks?.flipSize.map(Double.init)
    case .removalTau: checks?.removalTau
    }
  }
}

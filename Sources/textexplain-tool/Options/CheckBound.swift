import ArgumentParser
import ExplanationModel

/// The least that a check may be, as `comprehensiveness=0.2`, also where small values are good.
struct CheckBound {
  private let name: CheckName
  private let least: Double

  /// Reads `NAME=X`.
  ///
  /// - Throws: `ValidationError`, which lists the names where there is no such check.
  init(parsing text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = CheckName.allCases.map(\.rawValue).joined(separator: ", ")
    guard let name = CheckName(rawValue: String(parts[0])) else {
      throw ValidationError(
        "--fail-under \"\(text)\" names no check; there are \(names)")
    }
    guard parts.count == 2, let least = Double(parts[1]), least.isFinite else {
      throw ValidationError(
        "--fail-under \"\(text)\" gives no number; write it as \(name.rawValue)=0.5")
    }
    self.name = name
    self.least = least
  }

  /// Whether it bounds what LIME's explanations alone have.
  var isOfLime: Bool { name == .fidelity }

  /// What does not hold, a sentence an explanation.
  ///
  /// A number that is not there holds no bound. Fidelity is asked of LIME alone, anything else of every explanation.
  func complaints(about explanations: [Explanation]) -> [String] {
    explanations.filter { !isOfLime || $0.lime != nil }.compactMap { explanation in
      let whose = "\(explanation.method) of \"\(explanation.label)\""
      guard let value = value(explanation) else {
        let reason = explanation.attributions.isEmpty ? "there is nothing to explain" : nothing
        return "check \"\(name.rawValue)\" has no value for \(whose): \(reason)"
      }
      if value >= least { return nil }
      let good = name.goodDirection.map { $0 == .low ? " (low is good)" : " (high is good)" } ?? ""
      return "check \"\(name.rawValue)\" is \(value) for \(whose), below \(least)\(good)"
    }
  }

  /// What whoever bounds a check of which low values are good should know: the bound lets bad ones pass.
  var warning: String? {
    guard name.goodDirection == .low else { return nil }
    return "--fail-under \(name.rawValue)=\(least) fails below \(least), and low is good for "
      + "\"\(name.rawValue)\": to bound it from above, read it from --format json"
  }

  /// Fidelity is 1 by definition where nothing is explained: that holds no bound either.
  private func value(_ explanation: Explanation) -> Double? {
    explanation.attributions.isEmpty ? nil : explanation.number(name)
  }

  /// Why a check of a text with words has no value.
  private var nothing: String {
    switch name {
    case .normalizedAOPC: "there are too many words, or their order does not matter"
    case .leaveOneOutTau, .removalTau: "one of the two ranks nothing"
    case .flipSize: "no words were found that, taken out, change the decision"
    case .infidelity, .infidelityRatio, .heldOutR2, .heldOutLocalR2:
      "there are too few words, or the classifier answers all alike"
    default: "it cannot be told here"
    }
  }
}

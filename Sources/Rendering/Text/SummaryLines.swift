import ExplanationModel

/// The line that lets a reader check the sum and judge the methods.
struct SummaryLines {
  private let group: LabelExplanations
  private let agreement: Agreement?

  /// `agreement` is that of this group's methods.
  init(_ group: LabelExplanations, agreement: Agreement?) {
    self.group = group
    self.agreement = agreement
  }

  func lines(width: Int) -> [[Glyph]] {
    guard !group.first.attributions.isEmpty else { return [] }
    var parts = [sum(of: group.first)]
    let judged = group.all.filter { !$0.isTrivialFit }
    parts += judged.map {
      ($0.method == "shapley" && group.first.method != "shapley" ? "Shapley " : "")
        + quality(of: $0)
    }
    // The sum stands before the methods' parts.
    let last = judged.lastIndex { $0.detail != .leaveOneOut }.map { $0 + 1 }
    if let agreement, judged.count > 1, let last {
      let tau = NumberFormat(decimals: 2).format(agreement.kendallTau)
      parts[last] += ", \(verdict(agreement)): τ \(tau)"
    }
    return [Glyph].flow(parts.map { [Glyph]($0) }, gap: 3, width: width)
  }

  /// `0.50 (no words) + 0.37 = 0.87`, with as many decimals as it takes for the sum to come out, but not more than two
  /// more than usual.
  private func sum(of explanation: Explanation) -> String {
    let base: Double
    let name: String
    let total: Double
    switch explanation.detail {
    case .shapley:
      base = explanation.baseValue
      name = explanation.nameOfBase
      total = explanation.value
    case .lime(let detail):
      base = detail.intercept
      name = "intercept"
      total = detail.localPrediction
    case .leaveOneOut:
      return ends(of: explanation)
    }
    let sum = explanation.attributions.reduce(0) { $0 + $1.value }
    let largest = explanation.attributions.reduce(0) { max($0, abs($1.value)) }
    // What rounding leaves of a sum that is nothing.
    let added = abs(sum) < 1e-12 * largest ? 0 : sum
    let format = NumberFormat(adding: base, added, to: total)
    let sign = added < 0 ? "−" : "+"
    var text =
      "\(format.format(base)) (\(name)) \(sign) \(format.format(added.magnitude)) = \(format.format(total))"
    if case .lime = explanation.detail { text += ", model \(format.format(explanation.value))" }
    return text
  }

  /// `0.50 (no words), 0.87 (all words)`: what is left out one by one does not add up.
  private func ends(of explanation: Explanation) -> String {
    let (base, value) = (explanation.baseValue, explanation.value)
    let format = NumberFormat(scale: max(base.magnitude, value.magnitude))
    return
      "\(format.format(base)) (\(explanation.nameOfBase)), \(format.format(value)) (all words)"
  }

  private func quality(of explanation: Explanation) -> String {
    let count = explanation.evaluations.distinct
    switch explanation.detail {
    case .shapley(let detail):
      let estimator =
        detail.estimator == "owen"
        ? "Owen values (sentence → word), " + (detail.exact ? "exact" : "estimated")
        : detail.exact ? "exact" : "\(detail.estimator) estimate"
      let evaluations = "\(estimator), \(count) evaluation\(count == 1 ? "" : "s")"
      guard let certificate = detail.certificate else { return evaluations }
      return evaluations + "; \(certificate.name): structure check passed on "
        + "\(certificate.freshCoalitions) fresh coalitions"
    case .lime(let detail):
      let format = NumberFormat(decimals: 2)
      guard let fidelity = detail.heldOutFidelity else {
        return "LIME fit \(format.format(detail.fidelity)) (R²)"
      }
      let evaluations = "\(count) evaluation\(count == 1 ? "" : "s")"
      return "LIME fit \(format.format(fidelity)) (held-out R²), \(evaluations)"
    case .leaveOneOut:
      return "leave-one-out, \(count) evaluation\(count == 1 ? "" : "s")"
    }
  }

  private func verdict(_ agreement: Agreement) -> String {
    switch agreement.kendallTau {
    case 0.6...: "agrees"
    case 0.2...: "agrees in part"
    default: "disagrees"
    }
  }
}

extension Explanation {
  /// Whether there was nothing that LIME's linear model could have missed: one word, or a constant prediction.
  fileprivate var isTrivialFit: Bool {
    guard case .lime = detail else { return false }
    return attributions.count == 1 || diagnostics.contains { $0.code == .constantModel }
  }

  /// What stands in place of the words behind the base value.
  fileprivate var nameOfBase: String {
    switch absent {
    case "remove": "no words"
    case "model": "all masked"
    default: "all replaced"
    }
  }
}

extension NumberFormat {
  /// The format of an addition, in which the rounded numbers add up where up to two more decimals can make them.
  package init(adding base: Double, _ added: Double, to total: Double) {
    let usual = NumberFormat(scale: max(base.magnitude, added.magnitude, total.magnitude))
    guard let decimals = usual.decimals else {
      self = usual
      return
    }
    func scaled(_ value: Double, _ decimals: Int) -> Int {
      let digits = Int(DecimalNumber(value).scaled(decimals: decimals)) ?? 0
      return value < 0 ? -digits : digits
    }
    let fitting = (decimals...decimals + 2).first {
      scaled(base, $0) + scaled(added, $0) == scaled(total, $0)
    }
    self.init(decimals: fitting ?? decimals)
  }
}

import ExplanationModel

/// How the numbers of checks are written: all with as many decimals, those that the largest loss needs, at least two.
struct ChecksFormat {
  private let decimals: Int
  /// Whether losses are so small that decimals do not show them.
  private let areLossesTiny: Bool

  init(_ explanations: [Explanation]) {
    let losses = explanations.flatMap { [$0.checks?.comprehensiveness, $0.checks?.sufficiency] }
    let largest = losses.reduce(0) { max($0, ($1 ?? 0).magnitude) }
    let usual = NumberFormat(scale: largest).decimals
    areLossesTiny = usual == nil && largest < 1
    decimals = max(2, usual ?? 2)
  }

  /// The number; as a power of ten where it is huge, or a loss where all are tiny.
  func text(_ value: Double, of check: CheckName) -> String {
    let own = NumberFormat(scale: value.magnitude)
    let isLoss = check == .comprehensiveness || check == .sufficiency
    let isHuge = own.decimals == nil && value.magnitude >= 1
    return isHuge || isLoss && areLossesTiny
      ? own.format(value) : NumberFormat(decimals: decimals).format(value)
  }
}

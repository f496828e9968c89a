import Attribution

/// An estimator of ours; to measure another one, add a line.
struct OwnEstimator: Sendable {
  /// The name in the report.
  let name: String
  /// Makes it for a budget and a seed.
  let make: @Sendable (_ budget: Int, _ seed: UInt64) -> any ShapleyEstimator

  static let all = [
    OwnEstimator(name: "surrogate") { SurrogateShapley(budget: $0, seed: $1) },
    OwnEstimator(name: "kernel") { KernelShapley(budget: $0, seed: $1) },
    OwnEstimator(name: "permutation") { PermutationShapley(budget: $0, seed: $1) },
  ]

  /// The surrogate, and without each of its parts.
  static let ablations =
    [OwnEstimator(name: "everything") { SurrogateShapley(budget: $0, seed: $1) }]
    + SurrogateParts.named.map { name, part in
      OwnEstimator(name: "without \(name)") { budget, seed in
        var estimator = SurrogateShapley(budget: budget, seed: seed)
        estimator.parts.remove(part)
        return estimator
      }
    }
}

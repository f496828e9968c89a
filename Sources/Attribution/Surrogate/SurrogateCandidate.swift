/// What one surrogate says of one output.
struct SurrogateCandidate {
  /// φ; nil where it is simulated once it is known that the surrogate counts.
  var values: [Double]?
  /// Of each pair, (v(S) − v(N∖S)) / 2 less what the surrogate has for it.
  var residuals: [Double]
  /// The same less what it foretells from other pairs.
  var heldOut: [Double]
}

extension SurrogateCandidate {
  /// The sum of several with weights; the values are those of the ones that have any.
  static func mixture(
    _ candidates: [SurrogateCandidate], weights: [Double], playerCount n: Int
  ) -> SurrogateCandidate {
    let pairs = candidates.first?.residuals.count ?? 0
    var phi = [Double](repeating: 0, count: n)
    var residuals = [Double](repeating: 0, count: pairs)
    var heldOut = residuals
    for (candidate, weight) in zip(candidates, weights) where weight > 0 {
      for (player, value) in (candidate.values ?? []).enumerated() { phi[player] += weight * value }
      for pair in residuals.indices {
        residuals[pair] += weight * candidate.residuals[pair]
        heldOut[pair] += weight * candidate.heldOut[pair]
      }
    }
    return SurrogateCandidate(values: phi, residuals: residuals, heldOut: heldOut)
  }
}

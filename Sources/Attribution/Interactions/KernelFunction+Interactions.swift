import Glibc

extension KernelFunction {
  /// The interactions of two players in the function z ↦ k(z, z′), for an even kernel, by how z′ has the two.
  ///
  /// A product of an even set T of signs has I_ij = 4/(|T| − 1) for its pairs.
  package struct PairReadOut: Sendable {
    /// For pairs of neighbours and for others: the factor of ω_i ω_j z′_i z′_j.
    var neighbours = 0.0
    var others = 0.0
    /// What is added where both players are present or both absent, or one of each; by the size of z′.
    var alike: [Double] = []
    var unlike: [Double] = []
  }

  /// The interaction of `first` < `second` in the function, from the signs and the size of z′.
  package func interaction(
    _ first: Int, _ second: Int, signs: [Double], size: Int, readOut: PairReadOut
  ) -> Double {
    let factor = second == first + 1 ? readOut.neighbours : readOut.others
    let product = signs[first] * signs[second]
    var value = factor * weights[first] * weights[second] * product
    if !readOut.alike.isEmpty {
      value +=
        product < 0
        ? readOut.unlike[size]
        : readOut.alike[signs[first] > 0 ? size : playerCount - size]
    }
    return value
  }

  /// What ``interaction(_:_:signs:size:readOut:)`` needs, worked out once.
  package var pairReadOut: PairReadOut {
    switch kernel {
    case .interactions(2, _): PairReadOut(neighbours: 4 / norm, others: 4 / norm)
    case .runs(2): PairReadOut(neighbours: 4 / norm, others: 0)
    case .decay(isOdd: false):
      // At sizes where the players cannot be so, the values are not used.
      PairReadOut(
        alike: decayInteractions(present: 2), unlike: decayInteractions(present: 1))
    case .interactions, .runs, .decay, .neighbours, .length: PairReadOut()
    }
  }

  /// The interaction of two players of whom z′ has `present`, by the size of z′.
  ///
  /// For a product game I_ij = (fᵢ(1) − fᵢ(0))(fⱼ(1) − fⱼ(0)) ∫₀¹ ∏_{k≠i,j} (q f_k(1) + (1 − q) f_k(0)) dq; the
  /// kernel is that at z′ and that at −z′.
  private func decayInteractions(present: Int) -> [Double] {
    let n = playerCount
    let factor = exp(-Self.decayRate / Double(n))
    let sign: Double = present == 1 ? -1 : 1
    let nodes = GaussLegendre.nodes((n + 1) / 2)
    return (0...n).map { size in
      let others = size - present
      guard 0 <= others, others <= n - 2 else { return 0 }
      let (presentOthers, absentOthers) = (Double(others), Double(n - 2 - others))
      return nodes.reduce(0.0) { sum, node in
        let like = node.position + (1 - node.position) * factor
        let unlike = node.position * factor + (1 - node.position)
        return sum + node.weight * sign * (1 - factor) * (1 - factor)
          * (pow(like, presentOthers) * pow(unlike, absentOthers)
            + pow(unlike, presentOthers) * pow(like, absentOthers))
      } / norm
    }
  }

  /// The prior variance of the interaction of `first` < `second`, for an even kernel.
  package func interactionVariance(_ first: Int, _ second: Int) -> Double {
    switch kernel {
    case .interactions(2, _): 16 * weights[first] * weights[second] / norm
    case .runs(2): second == first + 1 ? 16 / norm : 0
    case .decay(isOdd: false): decayInteractionVariance
    case .interactions, .runs, .decay, .neighbours, .length: 0
    }
  }

  /// Over the even sets that hold two players, by their size.
  private var decayInteractionVariance: Double {
    let n = playerCount
    let share = (1 - exp(-Self.decayRate / Double(n))) / 2
    // The law of the number of others in a set.
    var law = pow(1 - share, Double(n - 2))
    var sum = 0.0
    for size in 2...max(2, n) {
      let factor = 4 / Double(size - 1)
      if size % 2 == 0 { sum += factor * factor * share * share * law }
      law *= Double(n - size) / Double(size - 1) * share / (1 - share)
    }
    return 2 * sum / norm
  }
}

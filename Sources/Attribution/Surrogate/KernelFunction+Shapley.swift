import Glibc

extension KernelFunction {
  /// The Shapley values of the function z ↦ k(z, z′) for an odd kernel; z′ as signs.
  ///
  /// A product of an odd set T of signs has φᵢ = 2/|T| for its members: it is 1 at N and −1 at ∅.
  package func shapleyValues(at signs: [Double]) -> [Double] {
    let n = playerCount
    switch kernel {
    case .interactions(let order, _):
      let x = zip(signs, weights).map { $0 * $1 }
      let p1 = x.reduce(0, +)
      return x.map { own in
        let others = Self.elementary(order - 1, p1 - own, totalSquares - own * own, 0)
        return 2 / Double(order) * own * others / norm
      }
    case .runs(let length):
      var values = [Double](repeating: 0, count: n)
      for start in 0..<max(0, n - length + 1) {
        let run = start..<start + length
        let product = run.reduce(1) { $0 * signs[$1] }
        for player in run { values[player] += 2 / Double(length) * product / norm }
      }
      return values
    case .neighbours: return neighbourShapleyValues(at: signs)
    case .length:
      let (own, others) = lengthShapleyValues
      let sum = signs.reduce(0, +)
      let factor = lengthFactors[signs.count { $0 > 0 }] / norm
      return signs.map { ((own - others) * $0 + others * sum) * factor }
    case .decay(let isOdd):
      guard isOdd else { return signs.map { _ in 0 } }
      let size = signs.count { $0 > 0 }
      return signs.map {
        $0 > 0 ? decayShapleyValues.present[size] : decayShapleyValues.absent[size]
      }
    }
  }

  /// The values of player j, and of each other player, in the game z_j q(|S|).
  private var lengthShapleyValues: (own: Double, others: Double) {
    let n = playerCount
    let own = (0..<n).reduce(0.0) { $0 + (lengthFactors[$1] + lengthFactors[$1 + 1]) } / Double(n)
    return (own, n > 1 ? (2 * lengthFactors[n] - own) / Double(n - 1) : 0)
  }

  /// The values of a player that is present in, and of one absent from, a coalition z′, by its size.
  ///
  /// For exp(−r · players that differ), a product game, φᵢ = ∫₀¹ ±(1 − e⁻ʳ) ∏_{j≠i} (q fⱼ(1) + (1 − q) fⱼ(0)) dq,
  /// whose integrand Gauss–Legendre quadrature with *n*/2 nodes integrates exactly; the kernel is that at z′ less
  /// that at −z′.
  static func decayShapleyValues(
    playerCount n: Int, norm: Double
  ) -> (present: [Double], absent: [Double]) {
    let factor = exp(-decayRate / Double(n))
    let nodes = GaussLegendre.nodes((n + 1) / 2)
    /// With so many of the other players like z′ where they are present, and the others where they are absent.
    func value(presentOthers: Int) -> Double {
      guard 0 <= presentOthers, presentOthers < n else { return 0 }
      let (present, absent) = (Double(presentOthers), Double(n - 1 - presentOthers))
      return nodes.reduce(0.0) { sum, node in
        let like = node.position + (1 - node.position) * factor
        let unlike = node.position * factor + (1 - node.position)
        return sum + node.weight * (1 - factor)
          * (pow(like, present) * pow(unlike, absent) + pow(unlike, present) * pow(like, absent))
      } / norm
    }
    return (
      (0...n).map { value(presentOthers: $0 - 1) }, (0...n).map { -value(presentOthers: $0) }
    )
  }

  /// The prior variance of each player's Shapley value, for an odd kernel.
  package var shapleyVariances: [Double] {
    let n = playerCount
    switch kernel {
    case .interactions(let order, _):
      return weights.map { own in
        let others = Self.elementary(
          order - 1, total - own, totalSquares - own * own, totalCubes - own * own * own)
        return 4 / Double(order * order) * own * others / norm
      }
    case .runs(let length):
      var values = [Double](repeating: 0, count: n)
      for start in 0..<max(0, n - length + 1) {
        for player in start..<start + length {
          values[player] += 4 / Double(length * length) / norm
        }
      }
      return values
    case .neighbours: return neighbourShapleyVariances
    case .length:
      let (own, others) = lengthShapleyValues
      return Array(
        repeating: (own * own + Double(n - 1) * others * others) / norm, count: n)
    case .decay:
      // Sets that hold each player with the same probability, by their size.
      let share = (1 - exp(-Self.decayRate / Double(n))) / 2
      var law = pow(1 - share, Double(n - 1))
      var sum = 0.0
      for size in 1...n {
        if size % 2 == 1 { sum += 4 / Double(size * size) * share * law }
        law *= Double(n - size) / Double(size) * share / (1 - share)
      }
      return Array(repeating: 2 * sum / norm, count: n)
    }
  }
}

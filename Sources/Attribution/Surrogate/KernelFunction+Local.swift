import Glibc

extension KernelFunction {
  /// More nodes add nothing that shows: the generating function of the orders of local sets is smooth for
  /// ``LocalSums/fading``.
  private static let localNodes = 16

  /// The Shapley values of the function z ↦ k(z, z′) for the odd local kernel.
  ///
  /// A set of *m* players gives each of its own 2/*m* = 2 ∫₀¹ t^(m − 1) dt: signs are multiplied with the nodes t of a
  /// quadrature, and the sets that hold a player are put together from those that end and those that start there.
  func localShapleyValues(at signs: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: playerCount)
    for node in GaussLegendre.nodes(min((playerCount + 1) / 2, Self.localNodes)) {
      let scaled = signs.map { node.position * $0 }
      let before = Self.fadedSums(scaled)
      let after = Self.fadedSums(scaled.reversed())
      for player in values.indices {
        let (b, a) = (before[player], after[playerCount - 1 - player])
        values[player] +=
          2 * node.weight * signs[player] * ((1 + b[1]) * (1 + a[1]) + b[0] * a[0]) / norm
      }
    }
    return values
  }

  /// For each place the sums over the odd and the even sets of players before it, faded by the distance of the first
  /// player of a set.
  private static func fadedSums(_ signs: some Sequence<Double>) -> [SIMD2<Double>] {
    var state = SIMD2<Double>.zero
    return signs.map { sign in
      defer {
        state = LocalSums.fading * (state + sign * SIMD2(1 + state[1], state[0]))
      }
      return state
    }
  }

  /// The prior variance of each player's Shapley value: the sum of (2/*m*)² over the odd sets that hold it.
  var localShapleyVariances: [Double] {
    let n = playerCount
    // By the number of players of a set, the weights of the sets before a place.
    var state = [Double](repeating: 0, count: n + 1)
    let before = (0..<n).map { _ in
      defer {
        var next = state
        next[1] += 1
        for size in 1..<n { next[size + 1] += state[size] }
        state = next.map { LocalSums.fading * $0 }
      }
      var withEmpty = state
      withEmpty[0] = 1
      return withEmpty
    }
    return (0..<n).map { player in
      var sum = 0.0
      for (left, b) in before[player].enumerated() {
        for (right, a) in before[n - 1 - player].enumerated() where (left + right) % 2 == 0 {
          let size = Double(left + right + 1)
          sum += 4 / (size * size) * a * b
        }
      }
      return sum / norm
    }
  }
}

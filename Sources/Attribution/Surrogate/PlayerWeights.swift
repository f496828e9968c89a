/// ω: how much players matter, as far as is known.
enum PlayerWeights {
  /// The weights of a ridge estimate of φ.
  ///
  /// - Parameter halves: (v(S) − v(N∖S)) / 2 of each pair.
  static func weights(pairs: Coalitions, halves: [Double]) -> [Double] {
    let n = pairs.playerCount
    let share = 1 / Double(max(1, pairs.count))
    let rows = SignRows(pairs)
    var gram = rows.gram(weights: halves.map { _ in share })
    let ridge = 2 * pairs.count < 3 * n ? 1e-2 : 1e-9
    for player in 0..<n { gram[player, player] += ridge }
    guard
      let first = Cholesky(gram)?.solve(rows.transposedProduct(with: halves.map { $0 * share }))
    else { return [Double](repeating: 1, count: n) }
    return weights(of: first)
  }

  /// Weights with mean 1 that grow with the magnitudes of `values`, none near 0.
  static func weights(of values: [Double]) -> [Double] {
    let square = dot(values, values) / Double(max(1, values.count))
    guard square > 0 else { return values.map { _ in 1 } }
    let sizes = values.map { ($0 * $0 + 0.01 * square).squareRoot() }
    let mean = sizes.reduce(0, +) / Double(values.count)
    return sizes.map { $0 / mean }
  }
}

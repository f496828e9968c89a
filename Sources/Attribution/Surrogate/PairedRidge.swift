/// A first estimate of how much players matter.
enum PairedRidge {
  /// Weights with mean 1 that grow with the magnitude of a ridge estimate of φ, none near 0.
  ///
  /// - Parameter halves: (v(S) − v(N∖S)) / 2 of each pair.
  static func playerWeights(pairs: Coalitions, halves: [Double]) -> [Double] {
    let n = pairs.playerCount
    let alike = [Double](repeating: 1, count: n)
    let share = 1 / Double(max(1, pairs.count))
    let rows = SignRows(pairs)
    var gram = rows.gram(weights: halves.map { _ in share })
    let ridge = 2 * pairs.count < 3 * n ? 1e-2 : 1e-9
    for player in 0..<n { gram[player, player] += ridge }
    guard
      let first = Cholesky(gram)?.solve(rows.transposedProduct(with: halves.map { $0 * share }))
    else { return alike }
    let square = dot(first, first) / Double(n)
    guard square > 0 else { return alike }
    let sizes = first.map { ($0 * $0 + 0.01 * square).squareRoot() }
    let mean = sizes.reduce(0, +) / Double(n)
    return sizes.map { $0 / mean }
  }
}

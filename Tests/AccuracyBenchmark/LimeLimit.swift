import Attribution

/// The coefficients that LIME's regression tends to with more and more samples.
///
/// For coalitions drawn as `lime` draws them (the number of absent players uniform in 1...*n*),
/// weighted with its kernel π, the normal equations of the weighted regression on z ∈ {0, 1}ⁿ have
/// the moments α_p = E[π z₁ … z_p], so that their inverse has three different entries. D. Mardaoui,
/// D. Garreau: "An analysis of LIME for text data", AISTATS 2021, proposition 1 and theorem 1.
enum LimeLimit {
  /// The coefficients for a game of few players.
  ///
  /// - Complexity: 2ⁿ evaluations.
  static func coefficients(of game: any Game) throws -> [Double] {
    let n = game.playerCount
    let kernel = ProximityKernel(width: 25).weights(playerCount: n)
    // The weight of one coalition of k players: each of 0 ..< n players is as likely as any other.
    var share: [Double] = []
    var choices = 1.0
    for size in 0..<n {
      share.append(kernel[size] / (Double(n) * choices))
      choices = choices * Double(n - size) / Double(size + 1)
    }

    var coalitions = Coalitions(playerCount: n)
    for word in 0..<((1 << n) - 1) { coalitions.append(CollectionOfOne(UInt64(word))) }
    let values = try game.values(of: coalitions)
    var moments = [Double](repeating: 0, count: 3)
    var mean = 0.0
    var products = [Double](repeating: 0, count: n)
    for (word, value) in values.enumerated() {
      let weight = share[word.nonzeroBitCount]
      moments[0] += weight
      if word & 1 == 1 { moments[1] += weight }
      if word & 3 == 3 { moments[2] += weight }
      mean += weight * value
      for player in 0..<n where word >> player & 1 == 1 { products[player] += weight * value }
    }
    let (a0, a1, a2) = (moments[0], moments[1], moments[2])
    let players = Double(n)
    let determinant = (players - 1) * a0 * a2 - players * a1 * a1 + a0 * a1
    let own = ((players - 2) * a0 * a2 - (players - 1) * a1 * a1 + a0 * a1) / (a1 - a2)
    let other = (a1 * a1 - a0 * a2) / (a1 - a2)
    let total = products.reduce(0, +)
    return products.map { product in
      (-a1 * mean + own * product + other * (total - product)) / determinant
    }
  }
}

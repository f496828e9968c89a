/// One output of a game as a sum of effects of players, and of the pairs that stand out, on the
/// scale of the values or behind the link that predicts held-out values best.
///
/// Classifiers add up evidence and bend the sum, and a negation acts on the few words next to it:
/// behind the right link, a linear model with some pairs is near what is evaluated, and takes no
/// more rows than the linear model that LIME is.
struct PairwiseEmulator {
  /// The link; nil is the scale of the values themselves.
  private let link: Link?
  /// The pairs that have an effect of their own, each with the smaller player first.
  let pairs: [(Int, Int)]
  /// Of the players and of the pairs, on the link's scale.
  private let effects: LimeLimit
  /// What each evaluation is off its prediction.
  let residuals: [Double]
  /// What each evaluation is off its prediction by others.
  ///
  /// The others have also chosen the link and the pairs, but not without the evaluation itself.
  let heldOutResiduals: [Double]

  /// The most pairs that are added before all effects are fitted again, and how often that is done.
  private static let addition = 40
  private static let rounds = 3
  /// The probability of an addition where no pair has an effect.
  private static let risk = 0.05
  /// What an addition must at least take off the square of the held-out residuals.
  private static let gain = 0.01
  /// So many rows are there at least for each effect.
  private static let rowsPerEffect = 3

  /// Fits `values`; fails where the coalitions are too few.
  ///
  /// - Parameters:
  ///   - regression: That on `coalitions`, with `weights`.
  /// - Complexity: about *m* *n*² operations.
  init?(
    coalitions: Coalitions, values: [Double], weights: [Double], _ regression: PresenceLeastSquares
  ) {
    let n = coalitions.playerCount
    guard !regression.isPenalised, coalitions.count >= Self.rowsPerEffect * (n + 1) else {
      return nil
    }
    let isBounded = values.allSatisfy { 0 < $0 && $0 < 1 }
    let scales: [Link?] = [nil] + (isBounded ? Link.allCases : [])
    var best: Fit?
    for scale in scales {
      let fit = Fit(values, behind: scale, regression)
      if fit.square < best?.square ?? .infinity { best = fit }
    }
    guard var best else { return nil }
    var pairs: [(Int, Int)] = []
    for _ in 0..<Self.rounds {
      let found = Self.standingOut(coalitions, weights: weights, residuals: best.linkedResiduals)
        .filter { pair in !pairs.contains { $0 == pair } }
      let more = pairs + found.prefix(Self.addition)
      guard !found.isEmpty, coalitions.count >= Self.rowsPerEffect * (n + more.count + 1),
        let wider = PresenceLeastSquares(
          coalitions: coalitions.adding(more), weights: weights, minimumRows: n + more.count + 2),
        !wider.isPenalised
      else { break }
      let fit = Fit(values, behind: best.link, wider)
      guard fit.square < (1 - Self.gain) * best.square else { break }
      (best, pairs) = (fit, more)
    }
    link = best.link
    self.pairs = pairs
    effects = best.effects
    residuals = best.residuals
    heldOutResiduals = best.heldOut
  }

  /// The pairs whose products explain what the residuals of a linear model are, beyond doubt, the
  /// most telling first.
  ///
  /// Residuals have no part in common with any player, so that the sum of w r zᵢzₖ is that of the
  /// centred signs. Under the hypothesis that there is no such pair it has the variance Σ(w r)².
  private static func standingOut(
    _ coalitions: Coalitions, weights: [Double], residuals: [Double]
  ) -> [(Int, Int)] {
    let n = coalitions.playerCount
    let scores = zip(weights, residuals).map { $0 * $1 }
    let products = SignRows(coalitions).gram(weights: scores)
    let pairCount = Double(n) * Double(n - 1) / 2
    let bound =
      TopSet.normalQuantile(ofUpperTail: Self.risk / 2 / pairCount)
      * pairwiseSum(scores.map { $0 * $0 }).squareRoot()
    var found: [(size: Double, pair: (Int, Int))] = []
    for k in 0..<n {
      for i in 0..<k where abs(products[k, i]) > bound {
        found.append((abs(products[k, i]), (i, k)))
      }
    }
    found.sort { $0.size == $1.size ? $0.pair < $1.pair : $0.size > $1.size }
    return found.map(\.pair)
  }

  /// The values that the emulator has for coalitions.
  func values(of coalitions: Coalitions) -> [Double] {
    let wide = coalitions.adding(pairs)
    // (1 + z)/2 is the presence.
    let halves = effects.coefficients.map { $0 / 2 }
    let base = effects.intercept + pairwiseSum(halves)
    let sums = SignRows(wide).product(with: halves)
    return sums.map { sum in link?.inverse(base + sum) ?? base + sum }
  }

  /// A linear model behind a link.
  private struct Fit {
    let link: Link?
    let effects: LimeLimit
    /// On the link's scale.
    let linkedResiduals: [Double]
    let residuals: [Double]
    let heldOut: [Double]
    /// The weighted mean square of `heldOut`.
    let square: Double

    init(_ values: [Double], behind link: Link?, _ regression: PresenceLeastSquares) {
      let linked = values.map { link?.forward($0) ?? $0 }
      let (effects, linkedResiduals) = regression.fit(linked)
      let linkedHeldOut = regression.leaveOneOut([linkedResiduals])[0]
      func behind(_ residuals: [Double]) -> [Double] {
        values.indices.map { row in
          let prediction = linked[row] - residuals[row]
          return values[row] - (link?.inverse(prediction) ?? prediction)
        }
      }
      self.link = link
      self.effects = effects
      self.linkedResiduals = linkedResiduals
      residuals = behind(linkedResiduals)
      heldOut = behind(linkedHeldOut)
      square = regression.meanSquare(of: heldOut)
    }
  }
}

extension Coalitions {
  /// The same coalitions of more players, one a pair, which is present where both of it are or
  /// neither: its sign is the product of theirs.
  fileprivate func adding(_ pairs: [(Int, Int)]) -> Coalitions {
    guard !pairs.isEmpty else { return self }
    var wide = Coalitions(playerCount: playerCount + pairs.count)
    wide.reserveCapacity(count)
    var row = [UInt64](repeating: 0, count: wide.wordsPerCoalition)
    for index in 0..<count {
      for word in row.indices {
        row[word] = word < wordsPerCoalition ? words[index * wordsPerCoalition + word] : 0
      }
      for (place, pair) in pairs.enumerated()
      where contains(pair.0, in: index) == contains(pair.1, in: index) {
        let player = playerCount + place
        row[player >> 6] |= 1 << UInt64(player & 63)
      }
      wide.append(row)
    }
    return wide
  }
}

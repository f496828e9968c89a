import Glibc

/// The coefficients and the intercept that LIME's regression tends to.
package struct LimeLimit: Sendable, Equatable {
  package let coefficients: [Double]
  package let intercept: Double
}

/// Expectations over coalitions drawn by a ``RemovalLaw``, and LIME's limit by them.
///
/// The limit is the regression on the whole population. Of the coalitions' own moments only two
/// matter, E[xᵢ] and E[xᵢxⱼ] for presences x, since all players are alike (D. Mardaoui, D. Garreau:
/// "An Analysis of LIME for Text Data", AISTATS 2021).
package struct RemovalMoments: Sendable {
  /// Expectations of a function of the distance to one coalition.
  package struct Expectation: Sendable {
    /// E[f].
    package let mean: Double
    /// E[f xᵢ] for a player of that coalition, 0 where it has none.
    package let inside: Double
    /// E[f xᵢ] for another player, 0 where there is none.
    package let outside: Double
  }

  private let law: RemovalLaw
  private let n: Int
  private let first: Double
  private let second: Double
  private let logFactorials: [Double]

  /// Terms of a sum below this part of the largest are left out.
  private static let negligible = 1e-18

  /// The moments for *n* ≥ 2 players.
  package init(_ law: RemovalLaw) {
    self.law = law
    let n = law.shares.count - 1
    self.n = n
    var first = 0.0
    var second = 0.0
    for (absent, share) in law.shares.enumerated() {
      let present = Double(n - absent)
      first += share * present / Double(n)
      second += share * present * (present - 1) / Double(n * (n - 1))
    }
    self.first = first
    self.second = second
    var logFactorials = [0.0]
    for factor in 1...n { logFactorials.append(logFactorials[factor - 1] + log(Double(factor))) }
    self.logFactorials = logFactorials
  }

  /// The limit for a game v with E[v] = `mean` and E[v xᵢ] = `presenceMeans`.
  package func limit(mean: Double, presenceMeans: [Double]) -> LimeLimit {
    let covariances = presenceMeans.map { $0 - first * mean }
    let own = first - second
    let shared = second - first * first
    let sum = pairwiseSum(covariances)
    let common = shared * sum / (own + Double(n) * shared)
    let coefficients = covariances.map { ($0 - common) / own }
    return LimeLimit(
      coefficients: coefficients, intercept: mean - first * pairwiseSum(coefficients))
  }

  /// The variance that a coefficient has by so many draws of a function of this mean square.
  func coefficientVariance(meanSquare: Double, draws: Int) -> Double {
    meanSquare / ((first - second) * Double(draws))
  }

  /// The expectations of `values`, by the distance to a coalition of `size` players.
  ///
  /// - Complexity: O(*n*^1.5) operations.
  package func expectation(of values: [Double], aroundSize size: Int) -> Expectation {
    var mean = 0.0
    var inside = 0.0
    var outside = 0.0
    for (absent, share) in law.shares.enumerated() where share > Self.negligible {
      let present = n - absent
      forEachOverlap(present, size) { overlap, probability in
        let value = share * probability * values[present + size - 2 * overlap]
        mean += value
        inside += value * Double(overlap)
        outside += value * Double(present - overlap)
      }
    }
    return Expectation(
      mean: mean, inside: size > 0 ? inside / Double(size) : 0,
      outside: size < n ? outside / Double(n - size) : 0)
  }

  /// Calls `body` with the sizes that the intersection of a random set of `a` players with a set of
  /// `b` has, and their probabilities (the hypergeometric law).
  private func forEachOverlap(_ a: Int, _ b: Int, _ body: (Int, Double) -> Void) {
    let (low, high) = (max(0, a + b - n), min(a, b))
    let mode = min(high, max(low, (a + 1) * (b + 1) / (n + 2)))
    let f = logFactorials
    let top = exp(
      f[a] - f[mode] - f[a - mode] + f[n - a] - f[b - mode] - f[n - a - b + mode]
        - f[n] + f[b] + f[n - b])
    body(mode, top)
    var probability = top
    var overlap = mode
    while overlap < high {
      probability *=
        Double((a - overlap) * (b - overlap))
        / Double((overlap + 1) * (n - a - b + overlap + 1))
      overlap += 1
      guard probability > Self.negligible * top else { break }
      body(overlap, probability)
    }
    probability = top
    overlap = mode
    while overlap > low {
      probability *=
        Double(overlap * (n - a - b + overlap))
        / Double((a - overlap + 1) * (b - overlap + 1))
      overlap -= 1
      guard probability > Self.negligible * top else { break }
      body(overlap, probability)
    }
  }
}

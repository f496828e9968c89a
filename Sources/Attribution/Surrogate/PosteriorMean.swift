/// The posterior mean of one output of a ``PairProcess`` as a function of the signs z of a coalition.
///
/// Kernels that are sums over products of few players, or over pairs of neighbours, are feature maps: their part of the
/// mean has a weight for each product, and costs what there are of them. Only ``PairKernel/decay(isOdd:)`` and the
/// products of any three players stay sums over the pairs that were learnt.
package struct PosteriorMean {
  /// At some coalitions: all of it, and its parts of single players and of products of two.
  struct Values {
    var all: [Double]
    let linear: [Double]
    var quadratic: [Double]?
  }

  private var constant = 0.0
  /// Of z.
  private(set) var linear: [Double]
  /// Of z q(|S|).
  private var byLength: (weights: [Double], factors: [Double])?
  /// Of products of two players, the lower triangle.
  private(set) var pairs: SquareMatrix?
  /// Of products of three players side by side, by the first.
  private var triples: [Double]?
  /// Of two players that are neighbours among those present, and `sign` times that among those absent.
  private var neighbours: (weights: [Double], sign: Double)?
  /// By the number of players that differ from a pair's, times the pair's coefficient.
  private var fading: [Double]?
  /// What the third power of Σᵢ ωᵢ zᵢ z′ᵢ counts for each pair z′.
  private var cubes: [(weights: [Double], factor: Double)] = []
  private let learnt: LearntPairs
  private let coefficients: [Double]

  /// - Complexity: O(*P* *n*²) operations for *P* pairs.
  package init(_ process: PairProcess, output: Int) {
    let coalitions = process.coalitions
    let n = coalitions.playerCount
    learnt = LearntPairs(coalitions)
    coefficients = process.scaledCoefficients(of: output)
    let rows = SignRows(coalitions)
    let moments = rows.transposedProduct(with: coefficients)
    linear = moments.map { _ in 0 }
    var runs: [Double] = []
    // What products of two count, by the kernels that have them.
    var squares: [(share: Double, weights: [Double])] = []
    for (function, variance) in zip(process.functions, process.variances) {
      let share = variance / function.norm
      guard share > 0 else { continue }
      let weights = function.weights
      switch function.kernel {
      case .interactions(0, _): constant += share * coefficients.reduce(0, +)
      case .interactions(1, _):
        for player in 0..<n { linear[player] += share * weights[player] * moments[player] }
      case .interactions(2, _): squares.append((share, weights))
      case .interactions:
        // e₃ = (p₁³ − 3 p₁ p₂ + 2 p₃) / 6, where p₂ is the same for all, and p₃ is linear.
        cubes.append((weights, share / 6))
        for player in 0..<n {
          let own = weights[player]
          linear[player] +=
            share / 6 * moments[player] * own * (2 * own * own - 3 * function.totalSquares)
        }
      case .runs(let length):
        let products = (0..<max(0, n - length + 1)).map { first in
          share
            * coalitions.indices.reduce(0.0) { sum, pair in
              let absent = (first..<first + length).count { !coalitions.contains($0, in: pair) }
              return sum + (absent % 2 == 0 ? 1 : -1) * coefficients[pair]
            }
        }
        if length == 2 {
          runs = products
        } else {
          triples = products + [Double](repeating: 0, count: n - products.count)
        }
      case .length:
        let factors = function.lengthFactors
        let faded = zip(coalitions.indices, coefficients).map {
          factors[coalitions.size(of: $0)] * $1
        }
        precondition(byLength == nil, "one kernel of a kind")
        byLength = (rows.transposedProduct(with: faded).map { share * $0 }, factors)
      case .neighbours(let isOdd):
        let sign = isOdd ? -1.0 : 1
        var sums = [Double](repeating: 0, count: n * n)
        for pair in coalitions.indices {
          Self.forEachNeighbours(in: coalitions[pair], playerCount: n) { place, isPresent in
            sums[place] += share * (isPresent ? 1 : sign) * coefficients[pair]
          }
        }
        precondition(neighbours == nil, "one kernel of a kind")
        neighbours = (sums, sign)
      case .decay:
        let table = function.table.map { variance * $0 }
        fading = fading.map { zip($0, table).map(+) } ?? table
      }
    }
    guard !squares.isEmpty || !runs.isEmpty else { return }
    var pairs =
      squares.isEmpty ? SquareMatrix(order: n) : rows.gram(weights: coefficients)
    for first in 0..<n {
      for second in 0..<first {
        pairs[first, second] *= squares.reduce(0.0) {
          $0 + $1.share * $1.weights[first] * $1.weights[second]
        }
      }
      pairs[first, first] = 0
    }
    for (first, product) in runs.enumerated() { pairs[first + 1, first] += product }
    self.pairs = pairs
  }

  /// Calls `body` with n times the first, plus the second, of each two players that are neighbours among those present,
  /// or among those absent.
  private static func forEachNeighbours(
    in coalition: ArraySlice<UInt64>, playerCount n: Int, _ body: (Int, Bool) -> Void
  ) {
    for isPresent in [true, false] {
      var last = -1
      for (word, present) in coalition.enumerated() {
        var left = isPresent ? present : ~present & lowBits(n - 64 * word)
        while left != 0 {
          let player = 64 * word + left.trailingZeroBitCount
          if last >= 0 { body(last * n + player, isPresent) }
          last = player
          left &= left - 1
        }
      }
    }
  }

  /// The mean at some coalitions.
  ///
  /// - Complexity: O(*P*) operations for *P* pairs and about *n*²/8 additions a coalition.
  package func values(at coalitions: Coalitions) -> [Double] {
    var values: [Double] = []
    CoalitionBlock.forEach(of: coalitions, beside: learnt) { values += self.values(at: $0).all }
    return values
  }

  /// The mean at each coalition of a block beside the pairs of the process.
  func values(at block: CoalitionBlock) -> Values {
    let lines = block.rows.product(with: linear)
    var values = Values(all: lines.map { constant + $0 }, linear: lines)
    func add(_ other: [Double]) { for row in other.indices { values.all[row] += other[row] } }
    if let triples { add(block.triples.product(with: triples)) }
    if let byLength {
      let products = block.rows.product(with: byLength.weights)
      add(zip(products, block.sizes).map { $0 * byLength.factors[$1] })
    }
    if let pairs {
      let forms = block.rows.quadraticForms(of: pairs)
      values.quadratic = forms
      add(forms)
    }
    if let neighbours {
      let coalitions = block.rows.coalitions
      for row in coalitions.indices {
        var sums = (present: 0.0, absent: 0.0)
        Self.forEachNeighbours(in: coalitions[row], playerCount: coalitions.playerCount) {
          let weight = neighbours.weights[$0]
          if $1 { sums.present += weight } else { sums.absent += weight }
        }
        values.all[row] += sums.present + neighbours.sign * sums.absent
      }
    }
    if let fading { add(block.sums(of: fading, weights: coefficients)) }
    for cubes in cubes {
      let sums = block.cubes(weights: cubes.weights, coefficients: coefficients)
      add(sums.map { cubes.factor * $0 })
    }
    return values
  }
}

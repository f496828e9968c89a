/// The posterior mean of one output of a ``PairProcess`` as a function of the signs z of a coalition.
///
/// Kernels that are sums over products of few players, or over pairs of neighbours, are feature maps: their part of the
/// mean has a weight for each product, and costs what there are of them. Only ``PairKernel/decay(isOdd:)`` and the
/// products of any three players stay sums over the pairs that were learnt.
struct PosteriorMean {
  typealias Lane = SignProduct.Lane

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
  private let coefficients: [Double]

  /// - Complexity: O(*P* *n*²) operations for *P* pairs.
  init(_ process: PairProcess, output: Int) {
    let coalitions = process.coalitions
    let n = coalitions.playerCount
    coefficients = process.scaledCoefficients(of: output)
    let rows = SignRows(coalitions)
    let moments = rows.transposedProduct(with: coefficients)
    linear = moments.map { _ in 0 }
    for (function, variance) in zip(process.functions, process.variances) {
      let share = variance / function.norm
      guard share > 0 else { continue }
      let weights = function.weights
      switch function.kernel {
      case .interactions(0, _): constant += share * coefficients.reduce(0, +)
      case .interactions(1, _):
        for player in 0..<n { linear[player] += share * weights[player] * moments[player] }
      case .interactions(2, _):
        add(rows.gram(weights: coefficients)) { share * weights[$0] * weights[$1] }
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
          var matrix = SquareMatrix(order: n)
          for (first, product) in products.enumerated() { matrix[first + 1, first] = product }
          add(matrix) { _, _ in 1 }
        } else {
          triples = products + [Double](repeating: 0, count: n - products.count)
        }
      case .length:
        let factors = function.lengthFactors
        let faded = zip(coalitions.indices, coefficients).map {
          factors[coalitions.size(of: $0)] * $1
        }
        byLength = (rows.transposedProduct(with: faded).map { share * $0 }, factors)
      case .neighbours(let isOdd):
        let sign = isOdd ? -1.0 : 1
        var sums = [Double](repeating: 0, count: n * n)
        for pair in coalitions.indices {
          Self.forEachNeighbours(in: coalitions[pair], playerCount: n) { place, isPresent in
            sums[place] += share * (isPresent ? 1 : sign) * coefficients[pair]
          }
        }
        neighbours = (sums, sign)
      case .decay: fading = function.table.map { variance * $0 }
      }
    }
  }

  /// Whether it depends on the number of players that differ.
  var needsDistances: Bool { fading != nil }

  private mutating func add(_ matrix: SquareMatrix, factor: (Int, Int) -> Double) {
    var sum = pairs ?? SquareMatrix(order: matrix.order)
    for first in 0..<matrix.order {
      for second in 0..<first {
        sum[first, second] += factor(first, second) * matrix[first, second]
      }
    }
    pairs = sum
  }

  /// Calls `body` with n times the first, plus the second, of each two players that are neighbours among those present,
  /// or among those absent.
  private static func forEachNeighbours(
    in coalition: ArraySlice<UInt64>, playerCount n: Int, _ body: (Int, Bool) -> Void
  ) {
    var last = (present: -1, absent: -1)
    for player in 0..<n {
      let isPresent = coalition[coalition.startIndex + player >> 6] >> UInt64(player & 63) & 1 == 1
      let before = isPresent ? last.present : last.absent
      if before >= 0 { body(before * n + player, isPresent) }
      if isPresent { last.present = player } else { last.absent = player }
    }
  }

  /// The mean at each coalition of a block.
  func values(at block: CoalitionBlock) -> [Double] {
    var values = block.rows.product(with: linear).map { constant + $0 }
    func add(_ other: [Double]) { for row in values.indices { values[row] += other[row] } }
    if let triples { add(block.triples.product(with: triples)) }
    if let byLength {
      let products = block.rows.product(with: byLength.weights)
      add(zip(products, block.sizes).map { $0 * byLength.factors[$1] })
    }
    if let pairs { add(block.rows.quadraticForms(of: pairs)) }
    if let neighbours {
      let coalitions = block.rows.coalitions
      for row in values.indices {
        var sums = (present: 0.0, absent: 0.0)
        Self.forEachNeighbours(in: coalitions[row], playerCount: coalitions.playerCount) {
          if $1 {
            sums.present += neighbours.weights[$0]
          } else {
            sums.absent += neighbours.weights[$0]
          }
        }
        values[row] += sums.present + neighbours.sign * sums.absent
      }
    }
    if let fading { add(block.sums(of: fading, weights: coefficients)) }
    for cubes in cubes {
      add(block.cubes(weights: cubes.weights, coefficients: coefficients).map { cubes.factor * $0 })
    }
    return values
  }
}

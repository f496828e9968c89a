/// Σ_c θ_c k_c, ready to be worked out for many coalitions.
package struct KernelSum: Sendable {
  private let playerCount: Int
  /// What the number of players that differ adds.
  private let distances: [Double]
  /// What the number of odd pairs, and of odd triples, adds; empty where nothing does.
  private let oddPairs: [Double]
  private let oddTriples: [Double]
  /// What the sums of common neighbours, odd and even, are multiplied with; nil where they add nothing.
  private let neighbourVariances: SIMD2<Double>?
  /// θ / n of ``PairKernel/length``, and its q.
  private let lengthVariance: Double
  private let lengthFactors: [Double]
  /// Kernels with weights of the players, with θ.
  private let weighted: [(function: KernelFunction, variance: Double)]

  package init(_ functions: [KernelFunction], variances: [Double], playerCount n: Int) {
    playerCount = n
    var distances = [Double](repeating: 0, count: n + 1)
    var runs = [2: [Double](), 3: []]
    var neighbours = SIMD2<Double>.zero
    var length = (variance: 0.0, factors: [Double]())
    var weighted: [(KernelFunction, Double)] = []
    for (function, variance) in zip(functions, variances) {
      let table = function.table.map { variance * $0 }
      switch function.kernel {
      case .interactions(_, true): weighted.append((function, variance))
      case .interactions(_, false), .decay: for h in 0...n { distances[h] += table[h] }
      case .runs(let length): runs[length] = table
      case .neighbours(let isOdd): neighbours[isOdd ? 0 : 1] = variance / function.norm
      case .length: length = (variance / function.norm, function.lengthFactors)
      }
    }
    self.distances = distances
    oddPairs = runs[2] ?? []
    oddTriples = runs[3] ?? []
    neighbourVariances = neighbours == .zero ? nil : neighbours
    lengthVariance = length.variance
    lengthFactors = length.factors
    self.weighted = weighted
  }

  /// Writes the sum at one coalition and each of the first `count` that it was compared with.
  package func fill(
    _ row: UnsafeMutablePointer<Double>, from differences: DifferenceRow, count: Int
  ) {
    precondition(count <= differences.counts.count)
    differences.counts.withUnsafeBufferPointer { counts in
      distances.withUnsafeBufferPointer { table in
        for index in 0..<count { row[index] = table[Int(counts[index].distance)] }
      }
      if !oddPairs.isEmpty {
        oddPairs.withUnsafeBufferPointer { table in
          for index in 0..<count { row[index] += table[Int(counts[index].oddPairs)] }
        }
      }
      if !oddTriples.isEmpty {
        oddTriples.withUnsafeBufferPointer { table in
          for index in 0..<count { row[index] += table[Int(counts[index].oddTriples)] }
        }
      }
      if !lengthFactors.isEmpty {
        let own = lengthVariance * lengthFactors[differences.size]
        lengthFactors.withUnsafeBufferPointer { factors in
          for index in 0..<count {
            let sum = Double(Int32(playerCount) - 2 * counts[index].distance)
            row[index] += own * factors[Int(counts[index].size)] * sum
          }
        }
      }
    }
    if let neighbourVariances {
      differences.neighbours.withUnsafeBufferPointer { sums in
        for index in 0..<count { row[index] += (neighbourVariances * sums[index]).sum() }
      }
    }
    for (function, variance) in weighted {
      differences.weights.withUnsafeBufferPointer { weights in
        for index in 0..<count { row[index] += variance * function.weightedValue(weights[index]) }
      }
    }
  }
}

extension KernelFunction {
  /// The value by the sums over the players that differ, for a kernel with weights of the players.
  @inline(__always)
  fileprivate func weightedValue(_ different: DifferenceRow.Weights) -> Double {
    guard case .interactions(let order, true) = kernel else { return 0 }
    let p1 = total - 2 * different[0]
    let p3 = totalCubes - 2 * different[1]
    return Self.elementary(order, p1, totalSquares, p3) / norm
  }
}

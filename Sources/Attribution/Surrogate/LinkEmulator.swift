/// A game of bounded values as a link of two Gaussian processes: one for the odd and one for the even parts of the
/// linked values.
package struct LinkEmulator {
  private static let oddKernels: [PairKernel] = [
    .interactions(order: 1, weighted: false), .runs(length: 3), .decay(isOdd: true), .length,
    .neighbours(isOdd: true),
  ]
  private static let evenKernels: [PairKernel] = [
    .interactions(order: 0, weighted: false), .interactions(order: 2, weighted: false),
    .interactions(order: 2, weighted: true),
    .runs(length: 2), .decay(isOdd: false), .neighbours(isOdd: false),
  ]

  private let link: Link
  private let odd: PairProcess
  private let even: PairProcess
  /// (v(S) − v(N∖S)) / 2 less what the other pairs predict for it; one row an output.
  let heldOutResiduals: [[Double]]
  /// (v(S) − v(N∖S)) / 2 less what the emulator has for it; one row an output.
  let residuals: [[Double]]

  /// Fits values that are all strictly between 0 and 1; fails where a covariance cannot be factored.
  ///
  /// - Parameters:
  ///   - present: v(S) of each output and pair.
  ///   - absent: v(N∖S) of each output and pair.
  package init?(
    _ link: Link, parts: SurrogateParts, coalitions: Coalitions, present: [[Double]],
    absent: [[Double]],
    weights: [Double], noiseShares: [Double], leading output: Int
  ) {
    self.link = link
    let linked = zip(present, absent).map { present, absent in
      zip(present, absent).map { (link.forward($0), link.forward($1)) }
    }
    let oddParts = linked.map { $0.map { ($0.0 - $0.1) / 2 } }
    let evenParts = linked.map { $0.map { ($0.0 + $0.1) / 2 } }
    func process(_ values: [[Double]], _ kernels: [PairKernel]) -> PairProcess? {
      PairProcess(
        coalitions: coalitions, values: values, kernels: PairKernel.kernels(kernels, in: parts),
        weights: weights,
        noiseShares: noiseShares, leading: output)
    }
    guard let odd = process(oddParts, Self.oddKernels),
      let even = process(evenParts, Self.evenKernels)
    else { return nil }
    self.odd = odd
    self.even = even
    func difference(_ oddErrors: [[Double]], _ evenErrors: [[Double]]) -> [[Double]] {
      present.indices.map { output in
        present[output].indices.map { pair in
          let o = oddParts[output][pair] - oddErrors[output][pair]
          let e = evenParts[output][pair] - evenErrors[output][pair]
          return (present[output][pair] - absent[output][pair]) / 2 - link.oddPart(o, e)
        }
      }
    }
    heldOutResiduals = difference(odd.heldOutResiduals, even.heldOutResiduals)
    residuals = difference(odd.residuals, even.residuals)
  }

  /// One output as a function of coalitions.
  package func mean(of output: Int) -> LinkMean {
    LinkMean(
      link: link, odd: PosteriorMean(odd, output: output),
      even: PosteriorMean(even, output: output))
  }

  /// The Shapley values of the odd process.
  func oddShapleyValues(of output: Int) -> [Double] { odd.shapleyMeans(of: output) }
}

/// One output of a ``LinkEmulator`` as a function of coalitions.
package struct LinkMean {
  let link: Link
  let odd: PosteriorMean
  let even: PosteriorMean

  /// (v(S) − v(N∖S)) / 2 at each coalition of a block; and what is like it: the odd process, and ``LinkControls``.
  func values(at block: CoalitionBlock) -> (all: [Double], controls: [[Double]]) {
    let (odd, even) = (odd.values(at: block), even.values(at: block))
    return (
      zip(odd.all, even.all).map { link.oddPart($0, $1) },
      [odd.all] + LinkControls.values(linear: odd.linear, quadratic: even.quadratic)
    )
  }

  /// (v(S) − v(N∖S)) / 2 at some coalitions.
  package func oddParts(at coalitions: Coalitions) -> [Double] {
    zip(odd.values(at: coalitions), even.values(at: coalitions)).map { link.oddPart($0, $1) }
  }
}

extension Link {
  /// (v(S) − v(N∖S)) / 2 where the linked values have the odd part `odd` and the even part `even`.
  fileprivate func oddPart(_ odd: Double, _ even: Double) -> Double {
    (inverse(even + odd) - inverse(even - odd)) / 2
  }
}

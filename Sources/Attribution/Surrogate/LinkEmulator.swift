/// A game of bounded values as a link of two Gaussian processes: one for the odd and one for the even parts of the
/// linked values.
struct LinkEmulator {
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
  init?(
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

  /// What the emulator is made of, for ``PosteriorMeans``.
  var processes: [PairProcess] { [odd, even] }

  /// The Shapley values of the odd process, one row an output.
  var oddShapleyValues: [[Double]] { odd.shapleyValues().values }

  /// (v(S) − v(N∖S)) / 2 as the emulator has it, from the means of its ``processes``; one row an output.
  func oddParts(_ means: ArraySlice<[[Double]]>) -> [[Double]] {
    guard let odd = means.first, let even = means.last else { return [] }
    return zip(odd, even).map { zip($0, $1).map { link.oddPart($0, $1) } }
  }
}

extension Link {
  /// (v(S) − v(N∖S)) / 2 where the linked values have the odd part `odd` and the even part `even`.
  fileprivate func oddPart(_ odd: Double, _ even: Double) -> Double {
    (inverse(even + odd) - inverse(even - odd)) / 2
  }
}

extension RankingCurves {
  /// AOPC with K = *n*: the mean over k = 0 … *n* of v(N) − v(N∖top k).
  ///
  /// D. Nguyen: "Comparing automatic and human evaluation of local explanations for text
  /// classification", NAACL 2018, after W. Samek and others, IEEE TNNLS 28(11), 2017, equation 12.
  public var aopc: Double {
    pairwiseSum(deletion.map { deletion[0] - $0 }) / Double(deletion.count)
  }

  /// The area under v(N∖top k) against the share k/*n* of players taken out, by trapezoids; `nil`
  /// without players.
  ///
  /// V. Petsiuk, A. Das, K. Saenko: "RISE", BMVC 2018, section 4.
  public var deletionArea: Double? { Self.area(deletion) }

  /// The area under v(top k) against the share k/*n* of players put in, by trapezoids; `nil`
  /// without players.
  public var insertionArea: Double? { Self.area(insertion) }

  private static func area(_ curve: [Double]) -> Double? {
    guard curve.count > 1 else { return nil }
    let trapezoids = zip(curve, curve.dropFirst()).map { ($0 + $1) / 2 }
    return pairwiseSum(trapezoids) / Double(trapezoids.count)
  }
}

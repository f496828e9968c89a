/// How far two attributions of the same players agree.
public enum Agreement {
  /// Kendall's τ-b of two attributions; see the implementation.
  public static func kendallTau(_ x: [Double], _ y: [Double]) -> Double { fatalError() }

  /// The share of the `count` players of largest absolute value in `x` that are also those of `y`.
  public static func topOverlap(_ x: [Double], _ y: [Double], count: Int) -> Double { fatalError() }
}

extension Collection<Double> {
  /// The largest element less the smallest; 0 of none.
  var spread: Double { (self.max() ?? 0) - (self.min() ?? 0) }
}

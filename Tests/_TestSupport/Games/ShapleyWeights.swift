/// p_s = s!(n − 1 − s)!/n!, the share of the orders in which a player comes after `s` given others.
public func shapleyWeights(playerCount n: Int) -> [Double] {
  var weights: [Double] = []
  for s in 0..<n {
    // 1 / (n C(n − 1, s))
    var choices = 1.0
    for k in 0..<min(s, n - 1 - s) { choices = choices * Double(n - 1 - k) / Double(k + 1) }
    weights.append(1 / (Double(n) * choices))
  }
  return weights
}

/// C(n, k).
public func binomial(_ n: Int, _ k: Int) -> Double {
  guard k >= 0, k <= n else { return 0 }
  return (0..<min(k, n - k)).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
}

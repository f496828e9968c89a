/// The numbers 0 ..< `count` in random order, all orders equally likely (the Fisher–Yates shuffle).
func randomOrder(of count: Int, using generator: inout SplitMix64) -> [Int] {
  var order = Array(0..<count)
  for last in stride(from: count - 1, to: 0, by: -1) {
    order.swapAt(last, generator.index(below: last + 1))
  }
  return order
}

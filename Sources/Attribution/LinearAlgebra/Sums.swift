/// The sum of `values`, by halves down to runs of 16.
func pairwiseSum(_ values: [Double]) -> Double {
  var copy = values
  return copy.withUnsafeMutableBufferPointer { pairwiseSum($0, 0, $0.count) }
}

/// The sum of `count` numbers of `buffer` from `start` on, by halves down to runs of 16.
///
/// The error grows with the logarithm of `count`, and the order is fixed.
func pairwiseSum(_ buffer: UnsafeMutableBufferPointer<Double>, _ start: Int, _ count: Int) -> Double
{
  if count <= 16 {
    var sum = 0.0
    for index in start..<start + count { sum += buffer[index] }
    return sum
  }
  let half = count / 2
  return pairwiseSum(buffer, start, half) + pairwiseSum(buffer, start + half, count - half)
}

/// The inner product, summed in order.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

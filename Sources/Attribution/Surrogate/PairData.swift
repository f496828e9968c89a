/// Pairs with the values of a game.
struct PairData {
  let sample: PairSample
  /// What to fit to it.
  let parts: SurrogateParts
  /// v(S) and v(N∖S) of each output and pair.
  let present: [[Double]]
  let absent: [[Double]]
  /// v(∅) and v(N) of each output.
  let ends: [(empty: Double, grand: Double)]
  /// (v(S) − v(N∖S)) / 2 of each output and pair.
  let halves: [[Double]]

  init(
    sample: PairSample, parts: SurrogateParts, present: [[Double]], absent: [[Double]],
    ends: [(empty: Double, grand: Double)]
  ) {
    self.sample = sample
    self.parts = parts
    self.present = present
    self.absent = absent
    self.ends = ends
    importance = sample.inclusion.map { 1 - $0 }
    halves = zip(present, absent).map { zip($0, $1).map { ($0 - $1) / 2 } }
  }

  /// How much each pair tells of those that did not come: nothing where all of its size have.
  let importance: [Double]

  var pairs: Coalitions { sample.coalitions }

  /// The output that varies most.
  var leading: Int {
    halves.indices.max { dot(halves[$0], halves[$0]) < dot(halves[$1], halves[$1]) } ?? 0
  }

  /// How far the values of an output range.
  func range(of output: Int) -> Double {
    let all = present[output] + absent[output] + [ends[output].empty, ends[output].grand]
    return all.spread
  }

  /// Links of smaller values have squares that are too large.
  private static let smallest = 1e-100

  /// Outputs all of whose values are strictly between 0 and 1.
  var bounded: [Int] {
    halves.indices.filter { output in
      (present[output] + absent[output] + [ends[output].empty, ends[output].grand])
        .allSatisfy { $0 > Self.smallest && $0 < 1 }
    }
  }
}

/// The pairs of a design with the values of a game.
struct PairData {
  let design: NestedPairDesign
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
    design: NestedPairDesign, parts: SurrogateParts, present: [[Double]], absent: [[Double]],
    ends: [(empty: Double, grand: Double)]
  ) {
    self.design = design
    self.parts = parts
    self.present = present
    self.absent = absent
    self.ends = ends
    importance = design.inclusion.map { 1 - $0 }
    halves = zip(present, absent).map { zip($0, $1).map { ($0 - $1) / 2 } }
  }

  /// How much each pair tells of those that did not come: nothing where all of its size have.
  let importance: [Double]

  var pairs: Coalitions { design.coalitions }

  /// The output that varies most.
  var leading: Int {
    halves.indices.max { dot(halves[$0], halves[$0]) < dot(halves[$1], halves[$1]) } ?? 0
  }

  /// Outputs all of whose values are strictly between 0 and 1.
  var bounded: [Int] {
    halves.indices.filter { output in
      (present[output] + absent[output] + [ends[output].empty, ends[output].grand])
        .allSatisfy { $0 > 0 && $0 < 1 }
    }
  }
}

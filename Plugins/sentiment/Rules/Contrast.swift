/// What "but" does: words before it count half, words behind it half as much again.
enum Contrast {
  /// Up to this many valences the plain search is faster than a table.
  private static let searchLimit = 64

  /// Weights the valences of a sentence whose first "but" stands at word `contrast`.
  ///
  /// The reference implementation visits the valences in order, and for each weights the *first*
  /// valence that is equal to it at that moment: a word can stay as it is while an equal one before
  /// it is weighted twice. That is kept.
  ///
  /// Complexity: O(*n* log *n*) for *n* valences.
  static func apply(_ valences: UnsafeMutableBufferPointer<Sentence.Valence>, at contrast: Int) {
    if valences.count > searchLimit {
      applyByTable(valences, at: contrast)
      return
    }
    for i in 0..<valences.count {
      let value = valences[i].value
      var first = 0
      while valences[first].value != value { first += 1 }
      valences[first].value = value * weight(of: valences[first], at: contrast)
    }
  }

  /// Equal to the plain search: a queue a value holds the indices visited so far, the smallest on
  /// top.
  private static func applyByTable(
    _ valences: UnsafeMutableBufferPointer<Sentence.Valence>, at contrast: Int
  ) {
    var visited: [Double: IndexQueue] = [:]
    for i in 0..<valences.count {
      let value = valences[i].value
      visited[value, default: IndexQueue()].insert(i)
      guard let first = visited[value]?.removeFirst() else { continue }
      let weighted = value * weight(of: valences[first], at: contrast)
      valences[first].value = weighted
      visited[weighted, default: IndexQueue()].insert(first)
    }
  }

  @inline(__always)
  private static func weight(of valence: Sentence.Valence, at contrast: Int) -> Double {
    valence.position < contrast ? 0.5 : 1.5
  }
}

/// The valence of a word among its neighbours.
///
/// Invariant: `words` points to a sentence that has three `Token.before` before its first word and
/// two `Token.after` behind its last, so that no rule asks where the sentence ends.
struct ValenceRules {
  /// What a booster adds and a dampener takes away.
  static var boost: Double { 0.293 }
  /// What capitals add among words that are not all in capitals.
  static var capitals: Double { 0.733 }
  /// What a negation multiplies by.
  static var negation: Double { -0.74 }

  let words: UnsafePointer<Token>
  /// Whether some words, but not all, are written in capitals.
  let emphasis: Bool

  /// The valence of the lexical word at `i`, after what the three words before it do to it.
  @inline(__always)
  func valence(at i: Int) -> Double {
    let word = words[i]
    var valence = word.valence
    if word.name == .no && words[i + 1].roles.contains(.lexical) { valence = 0 }
    if isDenied(at: i) { valence = word.valence * Self.negation }
    if word.roles.contains(.capitals) && emphasis {
      valence += valence > 0 ? Self.capitals : -Self.capitals
    }
    if !words[i - 1].roles.contains(.lexical) {
      valence = negatedByFirst(boosted(valence, by: words[i - 1], share: 1), at: i)
    }
    if !words[i - 2].roles.contains(.lexical) {
      valence = negatedBySecond(boosted(valence, by: words[i - 2], share: 0.95), at: i)
    }
    if !words[i - 3].roles.contains(.lexical) {
      valence = negatedByThird(boosted(valence, by: words[i - 3], share: 0.9), at: i)
      valence = Idioms.valence(valence, words, at: i)
    }
    return leastNegated(valence, at: i)
  }

  /// Whether "no" stands one or two words before, or three with "or" or "nor" between.
  @inline(__always)
  private func isDenied(at i: Int) -> Bool {
    words[i - 1].name == .no || words[i - 2].name == .no
      || (words[i - 3].name == .no && (words[i - 1].name == .or || words[i - 1].name == .nor))
  }

  /// Adds the part of a booster or dampener that its distance leaves.
  @inline(__always)
  private func boosted(_ valence: Double, by word: Token, share: Double) -> Double {
    guard !word.roles.isDisjoint(with: [.boosts, .dampens]) else { return valence }
    var change = word.roles.contains(.boosts) ? Self.boost : -Self.boost
    if valence < 0 { change = -change }
    if word.roles.contains(.capitals) && emphasis {
      change += valence > 0 ? Self.capitals : -Self.capitals
    }
    return valence + change * share
  }

  @inline(__always)
  private func negatedByFirst(_ valence: Double, at i: Int) -> Double {
    words[i - 1].roles.contains(.negates) ? valence * Self.negation : valence
  }

  /// "never so good" and "never this good" praise, and "without doubt good" denies nothing.
  @inline(__always)
  private func negatedBySecond(_ valence: Double, at i: Int) -> Double {
    guard words[i - 2].roles.contains(.negates) else { return valence }
    if words[i - 2].name == .never && isSoOrThis(i - 1) { return valence * 1.25 }
    if words[i - 2].name == .without && words[i - 1].name == .doubt { return valence }
    return valence * Self.negation
  }

  /// As with two words, but a "so" or "this" right before the word strengthens whatever stands
  /// third.
  @inline(__always)
  private func negatedByThird(_ valence: Double, at i: Int) -> Double {
    if isSoOrThis(i - 1) || (words[i - 3].name == .never && isSoOrThis(i - 2)) {
      return valence * 1.25
    }
    guard words[i - 3].roles.contains(.negates) else { return valence }
    if words[i - 3].name == .without
      && (words[i - 2].name == .doubt || words[i - 1].name == .doubt)
    {
      return valence
    }
    return valence * Self.negation
  }

  @inline(__always)
  private func isSoOrThis(_ i: Int) -> Bool { words[i].name == .so || words[i].name == .this }

  /// "least" negates, but not in "at least" and "very least".
  @inline(__always)
  private func leastNegated(_ valence: Double, at i: Int) -> Double {
    guard words[i - 1].name == .least, words[i - 2].name != .at, words[i - 2].name != .very
    else { return valence }
    return valence * Self.negation
  }
}

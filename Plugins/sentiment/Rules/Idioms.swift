/// Phrases with a valence of their own, and dampeners of two words.
enum Idioms {
  /// The valence of the word at `i` in the light of the phrases around it.
  ///
  /// Phrases that end at or before the word take the place of its valence, the nearest first; those
  /// that start at the word come last and win. Then dampeners of two words before it are added.
  ///
  /// - Precondition: three words before and two behind `i` can be read.
  @inline(__always)
  static func valence(_ valence: Double, _ words: UnsafePointer<Token>, at i: Int) -> Double {
    let (third, second, first) = (words[i - 3].name, words[i - 2].name, words[i - 1].name)
    let (word, next, afterNext) = (words[i].name, words[i + 1].name, words[i + 2].name)
    var valence = valence
    if let idiom = pair(first, word) ?? triple(second, first, word) ?? pair(second, first)
      ?? triple(third, second, first) ?? pair(third, second)
    {
      valence = idiom
    }
    if let idiom = pair(word, next) { valence = idiom }
    if let idiom = triple(word, next, afterNext) { valence = idiom }
    if dampens(third, second) { valence -= ValenceRules.boost }
    if dampens(second, first) { valence -= ValenceRules.boost }
    return valence
  }

  @inline(__always)
  private static func pair(_ first: WordName, _ second: WordName) -> Double? {
    guard first != .none && second != .none else { return nil }
    return switch (first, second) {
    case (.the, .shit), (.the, .bomb): 3
    case (.bad, .ass): 1.5
    case (.bus, .stop): 0
    case (.yeah, .right): -2
    case (.beating, .heart): 3.5
    default: nil
    }
  }

  @inline(__always)
  private static func triple(_ first: WordName, _ second: WordName, _ third: WordName) -> Double? {
    switch (first, second, third) {
    case (.kiss, .of, .death): -1.5
    case (.to, .die, .for): 3
    default: nil
    }
  }

  @inline(__always)
  private static func dampens(_ first: WordName, _ second: WordName) -> Bool {
    switch (first, second) {
    case (.kind, .of), (.sort, .of), (.just, .enough): true
    default: false
    }
  }
}

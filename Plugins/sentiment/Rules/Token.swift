import CSentimentLexicon

/// What the rules know of one word of a sentence; the word's bytes are no longer needed.
struct Token: BitwiseCopyable {
  /// What a word does in a sentence.
  struct Roles: OptionSet {
    let rawValue: UInt8

    /// Has a valence of its own.
    static var lexical: Self { Self(rawValue: UInt8(SENTIMENT_LEXICAL)) }
    /// Turns the valence of what follows.
    static var negates: Self { Self(rawValue: UInt8(SENTIMENT_NEGATES)) }
    /// Makes what follows stronger.
    static var boosts: Self { Self(rawValue: UInt8(SENTIMENT_BOOSTS)) }
    /// Makes what follows weaker.
    static var dampens: Self { Self(rawValue: UInt8(SENTIMENT_DAMPENS)) }
    /// Is written in capitals only.
    static var capitals: Self { Self(rawValue: 0x80) }
  }

  /// Mean valence in the lexicon, -4 to 4; 0 for a word that is not in it.
  var valence: Double = 0
  var roles: Roles = []
  var name: WordName = .none

  /// Stands before a sentence's first word: the rules pass over lexical words when they look back,
  /// and nothing names this one.
  static var before: Token { Token(roles: .lexical) }
  /// Stands behind a sentence's last word: a word of no meaning.
  static var after: Token { Token() }
}

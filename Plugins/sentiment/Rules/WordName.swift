import CSentimentLexicon

/// The words that a rule names; every other word is `none`.
struct WordName: Equatable {
  let rawValue: UInt8

  @inline(__always)
  init(rawValue: UInt8) { self.rawValue = rawValue }

  @inline(__always)
  private init(_ constant: Int) { rawValue = UInt8(truncatingIfNeeded: constant) }

  static var none: Self { Self(0) }
  static var ass: Self { Self(SENTIMENT_ASS) }
  static var at: Self { Self(SENTIMENT_AT) }
  static var bad: Self { Self(SENTIMENT_BAD) }
  static var beating: Self { Self(SENTIMENT_BEATING) }
  static var bomb: Self { Self(SENTIMENT_BOMB) }
  static var bus: Self { Self(SENTIMENT_BUS) }
  static var but: Self { Self(SENTIMENT_BUT) }
  static var death: Self { Self(SENTIMENT_DEATH) }
  static var die: Self { Self(SENTIMENT_DIE) }
  static var doubt: Self { Self(SENTIMENT_DOUBT) }
  static var enough: Self { Self(SENTIMENT_ENOUGH) }
  static var `for`: Self { Self(SENTIMENT_FOR) }
  static var heart: Self { Self(SENTIMENT_HEART) }
  static var just: Self { Self(SENTIMENT_JUST) }
  static var kind: Self { Self(SENTIMENT_KIND) }
  static var kiss: Self { Self(SENTIMENT_KISS) }
  static var least: Self { Self(SENTIMENT_LEAST) }
  static var never: Self { Self(SENTIMENT_NEVER) }
  static var no: Self { Self(SENTIMENT_NO) }
  static var nor: Self { Self(SENTIMENT_NOR) }
  static var of: Self { Self(SENTIMENT_OF) }
  static var or: Self { Self(SENTIMENT_OR) }
  static var right: Self { Self(SENTIMENT_RIGHT) }
  static var shit: Self { Self(SENTIMENT_SHIT) }
  static var so: Self { Self(SENTIMENT_SO) }
  static var sort: Self { Self(SENTIMENT_SORT) }
  static var stop: Self { Self(SENTIMENT_STOP) }
  static var the: Self { Self(SENTIMENT_THE) }
  static var this: Self { Self(SENTIMENT_THIS) }
  static var to: Self { Self(SENTIMENT_TO) }
  static var very: Self { Self(SENTIMENT_VERY) }
  static var without: Self { Self(SENTIMENT_WITHOUT) }
  static var yeah: Self { Self(SENTIMENT_YEAH) }
}

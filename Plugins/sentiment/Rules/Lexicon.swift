import CSentimentLexicon

/// Finds words in the tables of `CSentimentLexicon`, which are read-only data of the library.
enum Lexicon {
  /// The token for a word in lower case, or a token of no meaning.
  ///
  /// Every index in the slot table is that of a word, and half the slots are free, so that probing
  /// ends.
  @inline(__always)
  static func token(for key: WordKey) -> Token {
    let slots = sentiment_slot_table()
    guard let slots, let words = sentiment_word_table() else { return Token() }
    let last = (1 << Int(SENTIMENT_SLOT_BITS)) - 1
    var slot = Int(truncatingIfNeeded: key.hash &>> UInt64(64 - SENTIMENT_SLOT_BITS))
    while slots[slot] != 0 {
      let word = words + Int(slots[slot] - 1)
      if WordKey(entry: UnsafeRawPointer(word)) == key {
        return Token(
          valence: Double(word.pointee.tenths) / 10,
          roles: Token.Roles(rawValue: word.pointee.roles),
          name: WordName(rawValue: word.pointee.name))
      }
      slot = (slot + 1) & last
    }
    return Token()
  }
}

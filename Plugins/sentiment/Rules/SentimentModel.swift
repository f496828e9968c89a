/// Scores texts, one at a time, in memory that it uses again.
struct SentimentModel: ~Copyable {
  private var tokenizer = Tokenizer()
  private var sentence = Sentence()

  /// The compound score of a text, -1 to 1.
  ///
  /// - Precondition: `text` is valid UTF-8.
  /// - Complexity: O(*n*) in bytes, with a "but" O(*n* log *n*) in lexical words.
  mutating func compound(of text: UnsafeRawBufferPointer) -> Double {
    sentence.removeAll()
    tokenizer.append(text, to: &sentence)
    return sentence.compound()
  }

  /// The compound score of the rendering that `mask` chooses: the same bits as `compound(of:)`
  /// gives.
  ///
  /// - Complexity: O(*w*) in words of the rendering, and in bytes for parts not met before.
  @inline(__always)
  mutating func compound(of masked: inout MaskedText, mask: UnsafePointer<UInt64>) -> Double {
    sentence.removeAll()
    masked.append(mask, to: &sentence, with: &tokenizer)
    return sentence.compound()
  }

  /// Gives back the memory that an unusually long text took.
  mutating func trim() {
    sentence.trim()
    tokenizer.trim()
  }
}

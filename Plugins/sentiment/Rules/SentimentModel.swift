/// Scores texts, one at a time, in memory that it uses again.
struct SentimentModel: ~Copyable {
  /// Texts are tokenized in blocks of about this many bytes, so that a call can be stopped in between.
  private static let blockBytes = 1 << 20

  private var tokenizer = Tokenizer()
  private var sentence = Sentence()

  /// The compound score of a text, -1 to 1.
  ///
  /// - Precondition: `text` is valid UTF-8.
  /// - Complexity: O(*n*) in bytes, with a "but" O(*n* log *n*) in lexical words.
  mutating func compound<Stop: Error>(
    of text: UnsafeRawBufferPointer, work: (Int) throws(Stop) -> Void
  ) throws(Stop) -> Double {
    sentence.removeAll()
    var begin = 0
    while text.count - begin > Self.blockBytes {
      var end = begin + Self.blockBytes
      while end < text.count && ByteClass.table[Int(text[end])] != .space { end += 1 }
      tokenizer.append(UnsafeRawBufferPointer(rebasing: text[begin..<end]), to: &sentence)
      try work(end - begin)
      begin = end
    }
    tokenizer.append(UnsafeRawBufferPointer(rebasing: text[begin...]), to: &sentence)
    try work(text.count - begin)
    return sentence.compound()
  }

  /// The compound score of the rendering that `mask` chooses: the same bits as `compound(of:)` gives.
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

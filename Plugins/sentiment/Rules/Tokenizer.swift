/// Cuts text into words at white space and tells what the rules need to know of each.
struct Tokenizer {
  private var expanded: [UInt8] = []
  private let classes = ByteClass.table

  /// Adds the words, exclamation and question marks of a text to a sentence.
  ///
  /// - Precondition: `text` is valid UTF-8, and white space or a text's end is on both sides of it.
  /// - Complexity: O(*n*) in bytes.
  mutating func append(_ text: UnsafeRawBufferPointer, to sentence: inout Sentence) {
    if UTF8Scalars.asciiPrefix(text) < text.count, Emoji.expand(text, into: &expanded) {
      expanded.withUnsafeBytes { split($0, into: &sentence) }
    } else {
      split(text, into: &sentence)
    }
  }

  /// Gives back the memory that an unusually long text took.
  mutating func trim() {
    if expanded.capacity > 1 << 20 { expanded = [] }
  }

  @inline(__always)
  private func split(_ bytes: UnsafeRawBufferPointer, into sentence: inout Sentence) {
    var offset = 0
    while offset < bytes.count {
      let begin = offset
      var seen: ByteClass = []
      var spaceLength = 1
      scan: while offset < bytes.count {
        let byte = bytes[offset]
        let kind = classes[Int(byte)]
        if kind == .space { break }
        if kind == .high {
          let (scalar, length) = UTF8Scalars.decode(bytes, at: offset)
          if UTF8Scalars.isSpace(scalar) {
            spaceLength = length
            break scan
          }
          offset += length
        } else {
          if kind == .punctuation {
            if byte == 0x21 { sentence.exclamations += 1 }
            if byte == 0x3F { sentence.questions += 1 }
          }
          offset += 1
        }
        seen.formUnion(kind)
      }
      if offset > begin { sentence.append(token(bytes, begin..<offset, seen)) }
      offset += spaceLength
    }
  }

  /// The token of one word; `seen` is the union of its bytes' classes.
  @inline(__always)
  private func token(
    _ bytes: UnsafeRawBufferPointer, _ word: Range<Int>, _ seen: ByteClass
  ) -> Token {
    var core = word
    if seen.contains(.punctuation) { core = stripped(bytes, word) }
    if seen.contains(.high) { return WideWord.token(bytes, word: word, core: core) }
    if core.count <= 2 { core = word }
    var token = Token()
    if core.count <= WordKey.capacity { token = Lexicon.token(for: WordKey(bytes, core)) }
    if seen.isSuperset(of: [.punctuation, .lower]) || seen.isSuperset(of: [.punctuation, .upper]),
      Self.holdsNegativeContraction(bytes, core)
    {
      token.roles.insert(.negates)
    }
    if seen.isDisjoint(with: .lower) && seen.contains(.upper) { token.roles.insert(.capitals) }
    return token
  }

  /// The word without the ASCII punctuation at its ends.
  @inline(__always)
  private func stripped(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) -> Range<Int> {
    var (begin, end) = (word.lowerBound, word.upperBound)
    while begin < end && classes[Int(bytes[begin])] == .punctuation { begin += 1 }
    while begin < end && classes[Int(bytes[end - 1])] == .punctuation { end -= 1 }
    return begin..<end
  }

  /// Whether "n't" occurs in the word, in either case.
  static func holdsNegativeContraction(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) -> Bool
  {
    guard word.count >= 3 else { return false }
    for i in word.lowerBound + 1..<word.upperBound - 1 where bytes[i] == 0x27 {
      if bytes[i - 1] | 0x20 == 0x6E && bytes[i + 1] | 0x20 == 0x74 { return true }
    }
    return false
  }
}

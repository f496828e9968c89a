/// Words with characters outside ASCII: no word of the lexicon, but they can be in capitals or
/// negate.
enum WideWord {
  /// The token of a word; `core` is the word without the ASCII punctuation at its ends.
  ///
  /// The lexicon is searched all the same when the Kelvin sign is the only foreign character: its
  /// small letter is "k".
  static func token(_ bytes: UnsafeRawBufferPointer, word: Range<Int>, core: Range<Int>) -> Token {
    var token = Token()
    if let key = asciiKey(bytes, characterCount(bytes, core) <= 2 ? word : core) {
      token = Lexicon.token(for: key)
    }
    if Tokenizer.holdsNegativeContraction(bytes, core) { token.roles.insert(.negates) }
    if isCapitals(bytes, core) { token.roles.insert(.capitals) }
    return token
  }

  private static func characterCount(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) -> Int {
    var count = 0
    for i in word where bytes[i] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The key of a word that is ASCII in lower case, or nil.
  private static func asciiKey(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) -> WordKey? {
    var ascii: [UInt8] = []
    var offset = word.lowerBound
    while offset < word.upperBound {
      let (scalar, length) = UTF8Scalars.decode(bytes, at: offset)
      if scalar == 0x212A {
        ascii.append(0x6B)
      } else if scalar < 0x80 {
        ascii.append(UInt8(scalar))
      } else {
        return nil
      }
      if ascii.count > WordKey.capacity { return nil }
      offset += length
    }
    return ascii.withUnsafeBytes { WordKey($0, 0..<$0.count) }
  }

  /// Whether the word has a capital letter, and no small or title-case one.
  private static func isCapitals(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) -> Bool {
    var hasCapital = false
    var offset = word.lowerBound
    while offset < word.upperBound {
      let (value, length) = UTF8Scalars.decode(bytes, at: offset)
      offset += length
      guard let properties = Unicode.Scalar(value)?.properties else { continue }
      if properties.isLowercase || properties.generalCategory == .titlecaseLetter { return false }
      if properties.isUppercase { hasCapital = true }
    }
    return hasCapital
  }
}

/// A text with pieces, prepared so that the words of a masked rendering are put together, not read
/// again.
///
/// The text is cut into chunks behind white space that lies outside the pieces. That white space is
/// in every rendering, so words never reach from one chunk into the next, and the words of a chunk
/// depend on its own pieces alone. A chunk with few pieces remembers the words of each of its
/// variants once they were needed.
struct MaskedText: ~Copyable {
  /// Chunks of more pieces are rendered and tokenized for each mask.
  private static let rememberedPieces = 6
  /// Words that are remembered in all; further variants are tokenized for each mask.
  private static let rememberedWords = 1 << 18

  /// Part of the text and the pieces in it.
  private struct Chunk: BitwiseCopyable {
    var firstByte: Int32
    var endByte: Int32
    var firstPiece: Int32
    var pieceCount: Int32
    /// Index of the variant with no piece, which the others follow in order of their masks; -1 for
    /// a chunk of many pieces.
    var firstVariant: Int32
  }

  /// What one choice of a chunk's pieces adds to a sentence.
  private struct Variant: BitwiseCopyable {
    static var unknown: Variant { Variant(firstWord: -1) }

    var firstWord: Int32
    var words: Int32 = 0
    var capitals: Int32 = 0
    var exclamations: Int32 = 0
    var questions: Int32 = 0
  }

  let pieceCount: Int
  /// Bytes that no rendering exceeds: what one is worth when work is counted.
  let longestRendering: Int
  private let text: [UInt8]
  private let pieces: [Range<Int>]
  private let filler: [UInt8]
  private var chunks: Memory<Chunk>
  private var variants: Memory<Variant>
  private var words: Memory<Token>
  private var rendering: [UInt8] = []

  /// Prepares a text whose absent pieces leave `filler`.
  ///
  /// - Precondition: text and filler are valid UTF-8 and not longer than 2 GiB; the pieces are
  ///   ascending, disjoint, not empty and on character boundaries.
  /// - Complexity: O(*n*) in bytes.
  init(text: [UInt8], pieces: [Range<Int>], filler: [UInt8]) {
    self.text = text
    self.pieces = pieces
    self.filler = filler
    pieceCount = pieces.count
    longestRendering = text.count + filler.count * pieces.count
    chunks = Memory(capacity: pieces.count)
    variants = Memory(capacity: 2 * pieces.count)
    words = Memory(capacity: 2 * pieces.count)
    var begin = 0
    var firstPiece = 0
    for i in 0..<pieces.count where i > 0 {
      let gap = pieces[i - 1].upperBound..<pieces[i].lowerBound
      guard let end = text.withUnsafeBytes({ Self.endOfLastSpace($0, gap) }) else { continue }
      addChunk(begin..<end, pieces: firstPiece..<i)
      begin = end
      firstPiece = i
    }
    addChunk(begin..<text.count, pieces: firstPiece..<pieces.count)
  }

  private mutating func addChunk(_ bytes: Range<Int>, pieces: Range<Int>) {
    let isRemembered = pieces.count <= Self.rememberedPieces
    chunks.append(
      Chunk(
        firstByte: Int32(bytes.lowerBound), endByte: Int32(bytes.upperBound),
        firstPiece: Int32(pieces.lowerBound), pieceCount: Int32(pieces.count),
        firstVariant: isRemembered ? Int32(variants.count) : -1))
    if isRemembered { variants.append(repeating: .unknown, count: 1 << pieces.count) }
  }

  private static func endOfLastSpace(_ bytes: UnsafeRawBufferPointer, _ gap: Range<Int>) -> Int? {
    var offset = gap.upperBound
    while offset > gap.lowerBound {
      let end = offset
      offset -= 1
      while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      let isSpace =
        bytes[offset] < 0x80
        ? ByteClass.table[Int(bytes[offset])] == .space
        : UTF8Scalars.isSpace(UTF8Scalars.decode(bytes, at: offset).0)
      if isSpace { return end }
    }
    return nil
  }

  /// Adds the words of the rendering that `mask` chooses to a sentence.
  ///
  /// - Precondition: `mask` has a bit for each piece.
  @inline(__always)
  mutating func append(
    _ mask: UnsafePointer<UInt64>, to sentence: inout Sentence, with tokenizer: inout Tokenizer
  ) {
    for i in 0..<chunks.count {
      let chunk = chunks[i]
      if chunk.firstVariant >= 0 {
        let variant = variants[Int(chunk.firstVariant) + Self.bits(chunk, of: mask)]
        if variant.firstWord >= 0 {
          sentence.append(
            words.base + Int(variant.firstWord), count: Int(variant.words),
            capitals: Int(variant.capitals))
          sentence.exclamations += Int(variant.exclamations)
          sentence.questions += Int(variant.questions)
          continue
        }
      }
      tokenize(chunk, mask, to: &sentence, with: &tokenizer)
    }
  }

  /// The bits of a chunk of few pieces, which may lie in two words of the mask.
  @inline(__always)
  private static func bits(_ chunk: Chunk, of mask: UnsafePointer<UInt64>) -> Int {
    let count = Int(chunk.pieceCount)
    guard count > 0 else { return 0 }
    let (word, shift) = (Int(chunk.firstPiece) &>> 6, Int(chunk.firstPiece) & 63)
    var bits = mask[word] &>> UInt64(shift)
    if shift + count > 64 { bits |= mask[word + 1] &<< UInt64(64 - shift) }
    return Int(bits & ((1 &<< UInt64(count)) &- 1))
  }

  /// Adds the words of a chunk by reading its rendering, and remembers them if there is room.
  @inline(never)
  private mutating func tokenize(
    _ chunk: Chunk, _ mask: UnsafePointer<UInt64>, to sentence: inout Sentence,
    with tokenizer: inout Tokenizer
  ) {
    let (count, capitals) = (sentence.count, sentence.capitals)
    let (exclamations, questions) = (sentence.exclamations, sentence.questions)
    render(chunk, mask)
    rendering.withUnsafeBytes { tokenizer.append($0, to: &sentence) }
    let added = sentence.count - count
    guard chunk.firstVariant >= 0, words.count + added <= Self.rememberedWords else { return }
    variants[Int(chunk.firstVariant) + Self.bits(chunk, of: mask)] = Variant(
      firstWord: Int32(words.count), words: Int32(added),
      capitals: Int32(sentence.capitals - capitals),
      exclamations: Int32(sentence.exclamations - exclamations),
      questions: Int32(sentence.questions - questions))
    words.append(UnsafePointer(sentence.words + count), count: added)
  }

  private mutating func render(_ chunk: Chunk, _ mask: UnsafePointer<UInt64>) {
    rendering.removeAll(keepingCapacity: true)
    var copied = Int(chunk.firstByte)
    for i in Int(chunk.firstPiece)..<Int(chunk.firstPiece + chunk.pieceCount) {
      let isPresent = mask[i / 64] &>> UInt64(i % 64) & 1 == 1
      rendering.append(
        contentsOf: text[copied..<(isPresent ? pieces[i].upperBound : pieces[i].lowerBound)])
      if !isPresent { rendering.append(contentsOf: filler) }
      copied = pieces[i].upperBound
    }
    rendering.append(contentsOf: text[copied..<Int(chunk.endByte)])
  }
}

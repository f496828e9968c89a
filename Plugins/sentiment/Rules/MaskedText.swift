/// A text with pieces, prepared so that the words of a masked rendering are put together, not read again.
///
/// The text is cut into chunks behind white space that lies outside the pieces. That white space is in every
/// rendering, so words never reach from one chunk into the next, and the words of a chunk depend on its own
/// pieces alone. A chunk with few pieces remembers the words of each of its variants once they were needed.
final class MaskedText {
  /// Chunks of more pieces are rendered and tokenized for each mask.
  private static let rememberedPieces = 6
  /// Words that are remembered in all; further variants are tokenized for each mask.
  private static let rememberedWords = 1 << 18

  /// Part of the text and the pieces in it.
  private struct Chunk {
    var bytes: Range<Int>
    var pieces: Range<Int>
    /// Index of the variant with no piece, which the others follow in order of their masks; nil for a chunk of
    /// many pieces.
    var variants: Int?
  }

  /// What one choice of a chunk's pieces adds to a sentence.
  private struct Variant {
    static var unknown: Variant { Variant(firstWord: -1) }

    var firstWord: Int
    var words = 0
    var capitals = 0
    var exclamations = 0
    var questions = 0
  }

  let pieceCount: Int
  /// Bytes of the text: what one rendering is worth when work is counted.
  let byteCount: Int
  private let text: [UInt8]
  private let pieces: [Range<Int>]
  private let filler: [UInt8]
  private var chunks: [Chunk] = []
  private var variants: [Variant] = []
  private var words: [Token] = []
  private var rendering: [UInt8] = []

  /// Prepares a text whose absent pieces leave `filler`.
  ///
  /// - Precondition: text and filler are valid UTF-8; the pieces are ascending, disjoint, not empty and on
  ///   character boundaries.
  /// - Complexity: O(*n*) in bytes.
  init(text: [UInt8], pieces: [Range<Int>], filler: [UInt8]) {
    self.text = text
    self.pieces = pieces
    self.filler = filler
    pieceCount = pieces.count
    byteCount = text.count
    cut()
  }

  private func cut() {
    chunks.reserveCapacity(pieces.count + 1)
    var begin = 0
    var firstPiece = 0
    text.withUnsafeBytes { bytes in
      for i in 1..<max(1, pieces.count) {
        let gap = pieces[i - 1].upperBound..<pieces[i].lowerBound
        guard let end = Self.endOfLastSpace(bytes, gap) else { continue }
        addChunk(begin..<end, pieces: firstPiece..<i)
        begin = end
        firstPiece = i
      }
    }
    addChunk(begin..<text.count, pieces: firstPiece..<pieces.count)
  }

  private func addChunk(_ bytes: Range<Int>, pieces: Range<Int>) {
    var chunk = Chunk(bytes: bytes, pieces: pieces, variants: nil)
    if pieces.count <= Self.rememberedPieces {
      chunk.variants = variants.count
      variants.append(contentsOf: repeatElement(.unknown, count: 1 << pieces.count))
    }
    chunks.append(chunk)
  }

  private static func endOfLastSpace(_ bytes: UnsafeRawBufferPointer, _ gap: Range<Int>) -> Int? {
    var offset = gap.upperBound
    while offset > gap.lowerBound {
      let end = offset
      offset -= 1
      while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      let byte = bytes[offset]
      if byte < 0x80
        ? ByteClass.table[Int(byte)] == .space
        : UTF8Scalars.isSpace(UTF8Scalars.decode(bytes, at: offset).0)
      {
        return end
      }
    }
    return nil
  }

  /// Adds the words of the rendering that `mask` chooses to a sentence.
  ///
  /// - Precondition: `mask` has a bit for each piece.
  func append(
    _ mask: UnsafePointer<UInt64>, to sentence: inout Sentence, with tokenizer: inout Tokenizer
  ) {
    for chunk in chunks {
      guard let first = chunk.variants else {
        tokenize(chunk, mask, to: &sentence, with: &tokenizer)
        continue
      }
      let index = first + Self.bits(chunk.pieces, of: mask)
      let variant = variants[index]
      if variant.firstWord >= 0 {
        words.withUnsafeBufferPointer { words in
          guard let base = words.baseAddress else { return }
          sentence.append(
            base + variant.firstWord, count: variant.words, capitals: variant.capitals)
        }
        sentence.exclamations += variant.exclamations
        sentence.questions += variant.questions
      } else {
        let (count, capitals) = (sentence.count, sentence.capitals)
        let (exclamations, questions) = (sentence.exclamations, sentence.questions)
        tokenize(chunk, mask, to: &sentence, with: &tokenizer)
        let added = sentence.count - count
        guard words.count + added <= Self.rememberedWords else { continue }
        variants[index] = Variant(
          firstWord: words.count, words: added, capitals: sentence.capitals - capitals,
          exclamations: sentence.exclamations - exclamations,
          questions: sentence.questions - questions)
        words.append(contentsOf: UnsafeBufferPointer(start: sentence.words + count, count: added))
      }
    }
  }

  /// The bits of a few pieces, which may lie in two words of the mask.
  @inline(__always)
  private static func bits(_ pieces: Range<Int>, of mask: UnsafePointer<UInt64>) -> Int {
    guard !pieces.isEmpty else { return 0 }
    let (word, shift) = (pieces.lowerBound / 64, pieces.lowerBound % 64)
    var bits = mask[word] &>> UInt64(shift)
    if shift + pieces.count > 64 { bits |= mask[word + 1] &<< UInt64(64 - shift) }
    return Int(bits & ((1 &<< UInt64(pieces.count)) &- 1))
  }

  private func tokenize(
    _ chunk: Chunk, _ mask: UnsafePointer<UInt64>, to sentence: inout Sentence,
    with tokenizer: inout Tokenizer
  ) {
    rendering.removeAll(keepingCapacity: true)
    var copied = chunk.bytes.lowerBound
    for i in chunk.pieces {
      let isPresent = mask[i / 64] &>> UInt64(i % 64) & 1 == 1
      let end = isPresent ? pieces[i].upperBound : pieces[i].lowerBound
      rendering.append(contentsOf: text[copied..<end])
      if !isPresent { rendering.append(contentsOf: filler) }
      copied = pieces[i].upperBound
    }
    rendering.append(contentsOf: text[copied..<chunk.bytes.upperBound])
    rendering.withUnsafeBytes { tokenizer.append($0, to: &sentence) }
  }
}

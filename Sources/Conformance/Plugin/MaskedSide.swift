import CTextExplain
import PluginHost

/// Which pieces are present.
struct Mask {
  var words: [UInt64]

  init(all isPresent: Bool, count: Int) {
    words = Array(repeating: 0, count: max(1, (count + 63) / 64))
    if isPresent { for piece in 0..<count { self[piece] = true } }
  }

  subscript(_ piece: Int) -> Bool {
    get { words[piece / 64] >> (piece % 64) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << (piece % 64)
      if newValue { words[piece / 64] |= bit } else { words[piece / 64] &= ~bit }
    }
  }
}

/// The reference rendering of the header.
enum MaskedText {
  /// The words of a text: runs of bytes other than blanks, and single other characters are left between them.
  static func words(of text: [UInt8]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start: Int?
    for index in 0...text.count {
      let isWord = index < text.count && text[index] > 32
      if isWord, start == nil { start = index }
      if !isWord, let begin = start {
        pieces.append(begin..<index)
        start = nil
      }
    }
    return pieces
  }

  static func render(
    _ text: [UInt8], _ pieces: [Range<Int>], _ mask: Mask, filler: [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var done = 0
    for (index, piece) in pieces.enumerated() where !mask[index] {
      result += text[done..<piece.lowerBound] + filler
      done = piece.upperBound
    }
    return result + text[done...]
  }
}

/// A model's fast path.
struct MaskedSide {
  /// A word that matters to many models.
  static let filler = Array("good".utf8)

  private let model: OpenModel
  private let table: ForeignStruct<tx_ext_masked>

  /// The functions of a model that has the extension.
  ///
  /// - Returns: nil where it has not.
  init?(_ model: OpenModel) throws {
    guard let table = model.table(TX_EXT_MASKED, tx_ext_masked.self) else { return nil }
    guard table[\.prepare] != nil, table[\.score] != nil, table[\.release] != nil else {
      throw Violation("masked/1 lacks prepare, score or release")
    }
    self.model = model
    self.table = table
  }

  /// The modes that it supports.
  var modes: [Int] {
    (TX_ABSENT_REMOVE...TX_ABSENT_MODEL_MASK).filter {
      (table[\.absent_modes] ?? 0) >> UInt32($0) & 1 == 1
    }
  }

  /// The modes whose renderings are texts.
  var textualModes: [Int] { modes.filter { $0 != TX_ABSENT_MODEL_MASK } }

  /// Prepares a text.
  func prepare(
    _ text: [UInt8], _ ranges: [Range<Int>], mode: Int, room: ErrorRoom = ErrorRoom()
  ) throws -> (prepared: PreparedText?, answer: Answer) {
    guard let prepare = table[\.prepare], let release = table[\.release] else {
      throw Violation("masked/1 lacks a function")
    }
    model.subject.progress.step("prepare")
    // What prepare reads has to be copied: all of it is gone when the call returns.
    let texts = TextTable([text, Self.filler], isGuarded: true)
    let pieces = ranges.map { tx_piece(begin: UInt64($0.lowerBound), end: UInt64($0.upperBound)) }
    var handle: OpaquePointer?
    let answer = pieces.withUnsafeBufferPointer { pieces in
      let filler = mode == TX_ABSENT_REPLACE ? texts.records[1] : tx_text(data: nil, len: 0)
      let masking = ForeignMemory(
        tx_masking(
          size: 0, absent: Int32(mode), text: texts.records[0], filler: filler,
          pieces: pieces.baseAddress, piece_count: pieces.count))
      return room.fill { prepare(model.handle, nil, masking.pointer, &handle, $0) }
    }
    texts.keepAlive()
    guard answer.code == TX_OK else {
      try require(handle == nil, "prepare fails with \(answer.summary) and leaves something behind")
      return (nil, answer)
    }
    guard let handle else { throw Violation("prepare succeeds without a result") }
    let prepared = PreparedText(model: model, handle: handle, pieces: ranges.count) {
      [model] handle in
      model.subject.progress.step("release")
      release(model.handle, handle)
    }
    return (prepared, answer)
  }

  /// Scores masks of a prepared text.
  func score(_ prepared: PreparedText, _ masks: [Mask]) throws -> [[Double]] {
    guard let score = table[\.score] else { throw Violation("masked/1 lacks score") }
    let facts = try model.facts()
    let words = (prepared.pieces + 63) / 64
    var rows: [[Double]] = []
    for start in stride(from: 0, to: masks.count, by: facts.maximumBatch) {
      let part = masks[start..<min(start + facts.maximumBatch, masks.count)]
      let bits = part.flatMap { $0.words.prefix(words) }
      model.subject.progress.step("score of masks")
      let memory = ScoreMemory(rows: part.count, outputs: facts.outputs)
      let answer = ErrorRoom().fill { error in
        bits.withUnsafeBufferPointer {
          score(
            model.handle, prepared.handle, nil, $0.baseAddress, part.count, words, memory.pointer,
            error)
        }
      }
      let prediction = memory.prediction(answer)
      try require(answer.code == TX_OK, "score of \(part.count) masks: \(answer.summary)")
      try require(prediction.surroundingsAreIntact, "score writes outside its rows")
      rows += part.indices.map { prediction.row($0 - start) }
    }
    return rows
  }
}

/// A prepared text, released with the object.
final class PreparedText {
  let handle: OpaquePointer
  let pieces: Int
  private let model: OpenModel
  private let release: (OpaquePointer) -> Void

  init(
    model: OpenModel, handle: OpaquePointer, pieces: Int,
    release: @escaping (OpaquePointer) -> Void
  ) {
    self.model = model
    self.handle = handle
    self.pieces = pieces
    self.release = release
  }

  deinit { release(handle) }
}

import Attribution
import CTextExplain
import PluginHost

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
    _ text: [UInt8], _ ranges: [Range<Int>], mode: Int, _ way: PredictionWay = PredictionWay()
  ) throws -> (prepared: PreparedText?, answer: Answer) {
    guard let prepare = table[\.prepare], let release = table[\.release] else {
      throw Violation("masked/1 lacks a function")
    }
    model.subject.progress.step(way.step.map { "prepare: " + $0 } ?? "prepare")
    // What prepare reads has to be copied: all of it is gone when the call returns.
    let texts = TextTable([text, Self.filler], isGuarded: true)
    let pieces = ranges.map { tx_piece(begin: UInt64($0.lowerBound), end: UInt64($0.upperBound)) }
    var handle: OpaquePointer?
    let answer = try pieces.withUnsafeBufferPointer { pieces in
      let filler = mode == TX_ABSENT_REPLACE ? texts.records[1] : tx_text(data: nil, len: 0)
      let masking = ForeignMemory(
        tx_masking(
          size: 0, absent: Int32(mode), text: texts.records[0], filler: filler,
          pieces: pieces.baseAddress, piece_count: pieces.count), size: way.maskingSize)
      return try way.room.fill {
        prepare(model.handle, way.call?.pointer, masking.pointer, &handle, $0)
      }
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

  /// Calls `score` once.
  func predict(
    _ prepared: PreparedText, _ masks: [Mask], _ way: PredictionWay = PredictionWay()
  ) throws -> Prediction {
    guard let score = table[\.score] else { throw Violation("masked/1 lacks score") }
    let words = (prepared.pieces + 63) / 64
    let bits = masks.flatMap { $0.words.prefix(words) }
    model.subject.progress.step(way.step.map { "score: " + $0 } ?? "score of masks")
    let memory = ScoreMemory(rows: masks.count, outputs: try model.facts().outputs, way)
    let answer = try way.room.fill { error in
      bits.withUnsafeBufferPointer {
        score(
          model.handle, prepared.handle, way.call?.pointer, $0.baseAddress, masks.count, words,
          memory.pointer, error)
      }
    }
    return memory.prediction(answer)
  }

  /// Scores masks of a prepared text, which has to work: in calls of at most `max_batch`.
  func score(
    _ prepared: PreparedText, _ masks: [Mask], _ way: PredictionWay = PredictionWay()
  ) throws -> [[Double]] {
    let limit = try model.facts().maximumBatch
    var rows: [[Double]] = []
    for start in stride(from: 0, to: masks.count, by: limit) {
      let part = Array(masks[start..<min(start + limit, masks.count)])
      let prediction = try predict(prepared, part, way)
      try require(
        prediction.answer.code == TX_OK,
        "score of \(part.count) masks: \(prediction.answer.summary)")
      try require(prediction.surroundingsAreIntact, "score writes outside its rows")
      rows += part.indices.map { prediction.row($0) }
    }
    return rows
  }

  /// A text of the corpus that the model prepares in some mode, for checks of how it is called.
  ///
  /// - Returns: nil where it declines all of them.
  func sample(
    masks count: Int, random: inout SplitMix64
  ) throws -> (prepared: PreparedText, masks: [Mask])? {
    for text in try model.readable(Array(Corpus.texts.prefix(5))) {
      let pieces = MaskedText.words(of: text)
      for mode in modes {
        if let prepared = try prepare(text, pieces, mode: mode).prepared {
          return (prepared, (0..<count).map { _ in Mask(count: pieces.count, random: &random) })
        }
      }
    }
    return nil
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

import Classification

/// A batch to score, whatever it is made of.
protocol WorkerJob {
  var rows: Int { get }
  /// The prepared text that the rows are subsets of.
  var preparation: PrepareRequest? { get }
  /// Writes the request for some of the rows.
  func write(_ rows: Range<Int>, on terms: CallTerms, to frame: inout FrameWriter)
  /// The text of a row, for messages.
  func text(of row: Int) -> ArraySlice<UInt8>
}

/// Texts.
struct TextJob: WorkerJob {
  let batch: TextBatch

  var rows: Int { batch.count }
  var preparation: PrepareRequest? { nil }

  func write(_ rows: Range<Int>, on terms: CallTerms, to frame: inout FrameWriter) {
    frame.begin(.predict)
    frame.put(Call(PredictRequest(batch: batch, rows: rows), on: terms))
    frame.end()
  }

  func text(of row: Int) -> ArraySlice<UInt8> { batch.bytes[batch.range(of: row)] }
}

/// Subsets of a prepared text.
struct MaskJob: WorkerJob {
  let prepared: PrepareRequest
  let masks: ArraySlice<UInt64>
  let rows: Int

  var preparation: PrepareRequest? { prepared }

  func write(_ rows: Range<Int>, on terms: CallTerms, to frame: inout FrameWriter) {
    let words = prepared.masking.wordsPerMask
    let start = masks.startIndex + rows.lowerBound * words
    frame.begin(.score)
    let request = ScoreRequest(
      id: prepared.id, rows: rows.count, masks: masks[start..<start + rows.count * words])
    frame.put(Call(request, on: terms))
    frame.end()
  }

  func text(of row: Int) -> ArraySlice<UInt8> {
    prepared.masking.rendering(ofRow: row, in: masks)
  }
}

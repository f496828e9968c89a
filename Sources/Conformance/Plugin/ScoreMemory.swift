import CTextExplain

/// How `predict`, `prepare` and `score` are called.
struct PredictionWay {
  /// Doubles from row to row; nil means as many as there are outputs.
  var stride: Int?
  /// Rows of memory behind those that are asked for.
  var spareRows = 0
  var call: CallSide?
  var hasRowFlags = true
  var room = ErrorRoom()
  /// The claimed size of the score struct.
  var size = ForeignMemory<tx_scores>.size
  /// The claimed size of what `prepare` is told.
  var maskingSize = ForeignMemory<tx_masking>.size
  /// Whether texts lie in guarded pages.
  var isGuarded = false
  /// What a crash is reported as having happened in.
  var step: String?
}

/// Memory for one call's scores, full of canaries.
final class ScoreMemory {
  static let canary = -12345.678

  private let rows: Int
  private let outputs: Int
  private let stride: Int
  private let values: UnsafeMutableBufferPointer<Double>
  private let flags: UnsafeMutableBufferPointer<UInt8>
  private let table: ForeignMemory<tx_scores>

  var pointer: UnsafeMutablePointer<tx_scores> { table.pointer }

  init(rows: Int, outputs: Int, _ way: PredictionWay = PredictionWay()) {
    self.rows = rows
    self.outputs = outputs
    stride = way.stride ?? outputs
    values = .allocate(capacity: max(1, (rows + way.spareRows) * stride))
    values.initialize(repeating: Self.canary)
    flags = .allocate(capacity: rows + 64)
    flags.initialize(repeating: 0)
    table = ForeignMemory(
      tx_scores(
        size: 0, outputs: UInt32(outputs), rows: rows, row_stride: stride,
        scores: values.baseAddress, row_flags: way.hasRowFlags ? flags.baseAddress : nil),
      size: way.size)
  }

  deinit {
    values.deallocate()
    flags.deallocate()
  }

  func prediction(_ answer: Answer) -> Prediction {
    Prediction(
      answer: answer, rows: rows, outputs: outputs, stride: stride, values: Array(values),
      flags: Array(flags), structIsIntact: table.surroundingsAreIntact)
  }
}

/// What one call of `predict` or `score` answered and wrote.
struct Prediction {
  let answer: Answer
  let rows: Int
  let outputs: Int
  let stride: Int
  /// All of the memory, padding and spare rows included.
  let values: [Double]
  let flags: [UInt8]
  let structIsIntact: Bool

  /// One row of scores.
  func row(_ index: Int) -> [Double] {
    Array(values[index * stride..<index * stride + outputs])
  }

  /// Whether every number that is no score is as it was.
  var surroundingsAreIntact: Bool {
    let padding = values.indices.allSatisfy { index in
      index / stride < rows && index % stride < outputs || values[index] == ScoreMemory.canary
    }
    return padding && flags[rows...].allSatisfy { $0 == 0 } && structIsIntact
  }
}

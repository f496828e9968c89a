import Classification

/// Everything the classifier was asked about one text: a table of scored token masks.
///
/// Memory for an evaluation is bounded, whatever the length of the text: see ``MaskTable``.
///
/// Shared by all methods, labels and kinds of player, so that no set of present tokens is scored twice. Where the
/// classifier offers a prepared text, masks go to it as they are; otherwise texts are rendered into one reused
/// arena.
final class EvaluationPool {
  let masking: Masking
  let classifier: any Classifier

  /// The scores of the full text, as the classifier gave them.
  let full: ScoreMatrix
  /// Called after each batch with the number of masks scored so far.
  var onBatch: ((Int) -> Void)?
  /// Time spent in the classifier.
  private(set) var modelTime: Duration = .zero

  private let scorer: (any MaskedScorer)?
  private var table: MaskTable
  private var scores: [Double] = []
  private var arena = TextBatch()

  /// The texts of one call together have at most about this many bytes, rendered or not.
  private static let batchBytes = 4 << 20

  /// Scores the full text, which becomes row 0.
  ///
  /// - Throws: ``ClassifierError``.
  convenience init(masking: Masking, classifier: any Classifier) throws {
    let start = ContinuousClock.now
    var text = TextBatch()
    text.append(contentsOf: masking.text)
    text.endText()
    let full = try classifier.scores(of: text)
    let scorer = masking.pieces.isEmpty ? nil : try classifier.maskedScorer(for: masking)
    self.init(
      masking: masking, classifier: classifier, full: full, scorer: scorer,
      modelTime: ContinuousClock.now - start)
  }

  /// A pool for the same text under another rule of removal, whose texts are rendered.
  convenience init(_ other: EvaluationPool, absent: Masking.Absent) {
    self.init(
      masking: Masking(text: other.masking.text, pieces: other.masking.pieces, absent: absent),
      classifier: other.classifier, full: other.full, scorer: nil, modelTime: .zero)
  }

  private init(
    masking: Masking, classifier: any Classifier, full: ScoreMatrix,
    scorer: (any MaskedScorer)?, modelTime: Duration
  ) {
    self.masking = masking
    self.classifier = classifier
    self.full = full
    self.scorer = scorer
    self.modelTime = modelTime

    table = MaskTable(wordsPerMask: masking.wordsPerMask)
    var everything = [UInt64](repeating: 0, count: masking.wordsPerMask)
    for piece in masking.pieces.indices { everything[piece >> 6] |= 1 << UInt64(piece & 63) }
    _ = table.rows(of: everything)
    scores = full.values
  }

  /// Whether subsets can be scored: the classifier's own mask has no text that could be rendered instead.
  var canScoreSubsets: Bool { scorer != nil || masking.pieces.isEmpty || masking.absent != .model }

  /// Whether the classifier read only the beginning of the full text.
  var isTruncated: Bool { full.flags[0].contains(.truncated) }

  /// The number of distinct masks scored so far, the full text included.
  var distinctCount: Int { table.count }

  /// The scores of one row, one for each of the classifier's outputs.
  func scores(ofRow row: Int) -> ArraySlice<Double> {
    scores[row * full.outputs..<(row + 1) * full.outputs]
  }

  /// The row of one token mask, nil where it was not scored.
  func row(of mask: ArraySlice<UInt64>) -> Int? { table.row(of: mask) }

  /// The rows of token masks given word by word; masks not met before are scored first.
  ///
  /// - Throws: ``ClassifierError``, after which the pool is not to be used any more.
  func rows(of masks: [UInt64]) throws -> [Int] {
    var next = table.count
    let rows = table.rows(of: masks)
    // Rows are numbered in the order in which they first appear.
    var new: [Int] = []
    for (index, row) in rows.enumerated() where row == next + new.count { new.append(index) }
    for batch in stride(from: 0, to: new.count, by: batchSize) {
      let end = min(batch + batchSize, new.count)
      try score(
        new[batch..<end].flatMap { mask in
          masks[mask * masking.wordsPerMask..<(mask + 1) * masking.wordsPerMask]
        })
      next += end - batch
      onBatch?(next)
    }
    return rows
  }

  /// A multiple of what the classifier takes in one call, which thus sees the same calls in every run; several
  /// calls together can be shared among processes.
  private var batchSize: Int {
    let most = Self.batchBytes / max(masking.text.count + 1, full.outputs)
    let wanted = scorer == nil ? 256 : 4096
    guard let call = classifier.description.rowsPerCall else { return max(1, min(wanted, most)) }
    return call <= most ? max(call, min(wanted, most) / call * call) : max(1, most)
  }

  private func score(_ masks: [UInt64]) throws {
    let words = masking.wordsPerMask
    let count = masks.count / words
    if scorer == nil {
      arena.removeAll()
      for row in 0..<count {
        masking.render(mask: masks[row * words..<(row + 1) * words], into: &arena)
      }
    }
    let start = ContinuousClock.now
    let matrix =
      try scorer?.scores(ofMasks: masks[...], rows: count) ?? classifier.scores(of: arena)
    modelTime += ContinuousClock.now - start
    scores += matrix.values
  }
}

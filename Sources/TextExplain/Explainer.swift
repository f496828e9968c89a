import Attribution
import Classification
import ExplanationModel
import Segmentation

/// Explains a classifier's prediction for a text: text → tokens → game → estimators → explanations.
///
/// ```swift
/// let explainer = try Explainer(classifier: classifier)
/// let document = try explainer.explain(Array("a great film".utf8))
/// ```
///
/// Equal texts, classifiers, options and seeds give equal documents.
public final class Explainer {
  /// The classifier that is asked.
  public let classifier: any Classifier
  /// What is explained, and how.
  public let options: ExplainerOptions
  /// Called after each batch with the evaluations done so far and the most that there will be.
  public var onProgress: ((_ done: Int, _ most: Int) -> Void)?

  /// nil where the classifier cuts the text.
  private let segmenter: Segmenter?
  private let space: OutputSpace

  /// Makes an explainer.
  ///
  /// - Throws: ``SegmentationError`` where the locale is unknown, ``ExplainerError`` where the classifier has no
  ///   such label or space.
  public init(classifier: any Classifier, options: ExplainerOptions = ExplainerOptions()) throws {
    self.classifier = classifier
    self.options = options
    segmenter = try options.unit.segmentation.map { unit throws(SegmentationError) in
      try Segmenter(unit: unit, locale: options.locale)
    }
    let description = classifier.description
    space = options.space ?? .standard(for: description.outputKind)
    try options.label.validate(for: description.labels)
    guard OutputSpace.available(for: description.outputKind).contains(space) else {
      throw ExplainerError.spaceUnavailable(space, kind: description.outputKind)
    }
  }

  /// Explains the prediction for one text.
  ///
  /// - Parameter text: UTF-8; may be empty and may hold U+0000.
  /// - Returns: a document whose `plugin` is nil; whoever knows the plugin fills it in.
  /// - Throws: ``SegmentationError``, ``ExplainerError``, ``ShapleyError``, ``LimeError``, ``ClassifierError``.
  /// - Complexity: the budget plus LIME's samples in game evaluations, at most, and those of the checks.
  public func explain(_ text: [UInt8]) throws -> ExplanationDocument {
    let start = ContinuousClock.now
    let tokens = try self.tokens(of: text)
    let segmentationTime = ContinuousClock.now - start

    let pieces = tokens.indices.filter { options.tokens.includes(tokens[$0].kind) }
    try checkPlayerCount(pieces.map { text[tokens[$0].utf8] })
    let masking = Masking(
      text: text, pieces: pieces.map { tokens[$0].utf8 }, absent: options.absent)
    let pool = try EvaluationPool(masking: masking, classifier: classifier)
    guard pool.canScoreSubsets else {
      throw ExplainerError.noModelMask(classifier.description.name)
    }
    let run = ExplanationRun(
      options: options, space: space, pool: pool, pieceTokens: pieces,
      pieceSentences: try sentences(of: pieces.map { tokens[$0].utf8 }, in: text),
      hasPunctuation: tokens.contains { $0.kind == .punctuation })
    let most = run.mostEvaluations
    classifier.expect(rows: most)
    if let onProgress {
      // The full text, which both pools have, counts once.
      let alternative = run.alternative
      pool.onBatch = { [weak alternative] in
        onProgress($0 + (alternative?.distinctCount ?? 1) - 1, most)
      }
      alternative?.onBatch = { [weak pool] in onProgress($0 + (pool?.distinctCount ?? 1) - 1, most)
      }
    }

    let result = try run.explain()
    var document = ExplanationDocument(
      generator: Self.generator, text: String(decoding: text, as: UTF8.self),
      prediction: prediction(pool), tokens: Self.modelTokens(tokens, in: text),
      explanations: result.explanations,
      evaluations: EvaluationCount(distinct: run.distinctCount), agreement: result.agreement)
    if options.includesTimings {
      let total = (ContinuousClock.now - start) / .seconds(1)
      let segmentation = segmentationTime / .seconds(1)
      let model = run.modelTime / .seconds(1)
      document.timings = Timings(
        segmentationSeconds: segmentation, modelSeconds: model,
        estimatorSeconds: max(0, total - segmentation - model), totalSeconds: total)
    }
    return document
  }

  private func tokens(of text: [UInt8]) throws -> [TextToken] {
    if let segmenter { return try segmenter.tokens(in: text) }
    guard let ranges = try classifier.tokens(of: text) else {
      throw ExplainerError.noModelTokens(classifier.description.name)
    }
    return try TextToken.tokens(at: ranges, in: text)
  }

  /// Refuses a text that gives some method more players than it can handle.
  private func checkPlayerCount(_ texts: [ArraySlice<UInt8>]) throws(ExplainerError) {
    for method in options.methods {
      let limit = options.maximumPlayers(for: method)
      guard texts.count > limit else { continue }
      let count = Players(options.players.kind(for: method), of: texts).count
      if count > ExplainerOptions.maximumPlayers {
        throw .tooManyPlayers(count, limit: ExplainerOptions.maximumPlayers, unit: options.unit)
      }
      if count > limit {
        let estimator = method == .shapley ? options.estimator : nil
        throw .tooManyPlayersForMethod(count, limit: limit, method: method, estimator: estimator)
      }
    }
  }

  /// For each piece the number of the sentence that it begins in.
  private func sentences(
    of pieces: [Range<Int>], in text: [UInt8]
  ) throws(SegmentationError) -> [Int] {
    let ends = try Segmenter(unit: .sentence, locale: options.locale).tokens(in: text)
      .map(\.utf8.upperBound)
    var sentence = 0
    return pieces.map { piece in
      while sentence < ends.count, ends[sentence] <= piece.lowerBound { sentence += 1 }
      return sentence
    }
  }

  private func prediction(_ pool: EvaluationPool) -> Prediction {
    let description = classifier.description
    return Prediction(
      outputKind: description.outputKind.rawValue, labels: description.labels,
      scores: pool.full.values, truncated: pool.isTruncated ? true : nil)
  }

  private static func modelTokens(_ tokens: [TextToken], in text: [UInt8]) -> [Token] {
    tokens.enumerated().map { index, token in
      Token(
        index: index, text: String(decoding: text[token.utf8], as: UTF8.self),
        kind: token.kind.rawValue, utf8: token.utf8, utf16: token.utf16, scalars: token.scalars)
    }
  }
}

extension Explainer {
  /// This program and the Unicode data underneath it.
  public static let generator = Generator(
    name: "textexplain", version: "0.1.0", icu: ICU.version, unicode: ICU.unicodeVersion)
}

extension ExplainerOptions.TokenSelection {
  /// Whether tokens of a kind are players.
  func includes(_ kind: TokenKind) -> Bool {
    switch self {
    case .words: kind.isWordLike
    case .all: kind.canBePlayer
    }
  }
}

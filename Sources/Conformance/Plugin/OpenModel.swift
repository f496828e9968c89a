import CTextExplain
import Classification
import PluginHost
import Synchronization

/// One instance, destroyed with the object.
///
/// Invariant: `handle` came from `create` and is destroyed once; the host table lives longer.
final class OpenModel {
  typealias Destroy = @convention(c) (OpaquePointer?) -> Void

  let subject: Subject
  let classifier: ForeignStruct<tx_classifier>
  let handle: OpaquePointer
  private let destroy: Destroy
  private let host: HostSide?
  private let knownFacts = Mutex<ModelFacts?>(nil)
  /// Set before other threads use the model.
  var knownPace: Double?

  init(
    _ subject: Subject, _ classifier: ForeignStruct<tx_classifier>, _ handle: OpaquePointer,
    _ destroy: @escaping Destroy, _ host: HostSide?
  ) {
    self.subject = subject
    self.classifier = classifier
    self.handle = handle
    self.destroy = destroy
    self.host = host
  }

  deinit {
    subject.progress.step("destroy")
    destroy(handle)
  }

  /// What the plugin says of the model.
  func info() throws -> ForeignStruct<tx_info> {
    guard let info = classifier[\.info] else { throw Violation("the classifier lacks info") }
    subject.progress.step("info")
    guard let pointer = info(handle) else { throw Violation("info answers NULL") }
    return ForeignStruct(pointer)
  }

  /// The numbers that checks need of ``info()``.
  func facts() throws -> ModelFacts {
    if let facts = knownFacts.withLock({ $0 }) { return facts }
    let facts = try ModelFacts(info())
    knownFacts.withLock { $0 = facts }
    return facts
  }

  /// The table of an extension, or nil.
  func table<Layout>(_ id: String, _ layout: Layout.Type) -> ForeignStruct<Layout>? {
    guard let get = classifier[\.get_extension] else { return nil }
    subject.progress.step("get_extension(\"\(id)\")")
    guard let table = get(handle, id) else { return nil }
    return ForeignStruct(table.assumingMemoryBound(to: layout))
  }

  /// Calls `predict` once.
  func predict(_ texts: [[UInt8]], _ way: PredictionWay = PredictionWay()) throws -> Prediction {
    try predict(TextTable(texts, isGuarded: way.isGuarded), way)
  }

  /// Calls `predict` once, on texts that are laid out already.
  func predict(_ texts: TextTable, _ way: PredictionWay = PredictionWay()) throws -> Prediction {
    guard let predict = classifier[\.predict] else { throw Violation("it lacks predict") }
    let outputs = try facts().outputs
    subject.progress.step(way.step ?? "predict")
    let memory = ScoreMemory(rows: texts.records.count, outputs: outputs, way)
    let answer = try way.room.fill { error in
      texts.records.withUnsafeBufferPointer {
        predict(handle, way.call?.pointer, $0.baseAddress, $0.count, memory.pointer, error)
      }
    }
    texts.keepAlive()
    return memory.prediction(answer)
  }

  /// The scores of texts, which have to be there: in calls of at most `max_batch`.
  func scores(_ texts: [[UInt8]], _ way: PredictionWay = PredictionWay()) throws -> [[Double]] {
    let limit = try facts().maximumBatch
    var rows: [[Double]] = []
    for start in stride(from: 0, to: texts.count, by: limit) {
      let part = Array(texts[start..<min(start + limit, texts.count)])
      let prediction = try predict(part, way)
      try require(
        prediction.answer.code == TX_OK,
        "predict answers \(prediction.answer.summary) to \(part.count) texts, "
          + "the first \(quoted(part[0]))")
      for index in part.indices { rows.append(prediction.row(index)) }
    }
    return rows
  }

  /// Those of some texts that the model says it can read: the host sends no longer ones either.
  func readable(_ texts: [[UInt8]]) throws -> [[UInt8]] {
    let limit = try facts().maximumTextBytes
    return limit == 0 ? texts : texts.filter { $0.count <= limit }
  }

  /// The scores of each text alone.
  func scoresAlone(_ texts: [[UInt8]]) throws -> [[Double]] {
    try texts.flatMap { try scores([$0]) }
  }
}

/// What a model says of itself, as far as checks of its scores need it.
struct ModelFacts: Sendable {
  let outputs: Int
  let kind: Int
  let flags: Int
  let threading: Int
  let tolerance: Double
  /// The most texts a call; where the model has no limit, more than any check sends.
  let maximumBatch: Int
  /// 0 = no limit.
  let maximumTextBytes: Int

  init(_ info: ForeignStruct<tx_info>) throws {
    let outputs = Int(info[\.outputs] ?? 0)
    guard (1...1_000_000).contains(outputs) else { throw Violation("info says \(outputs) outputs") }
    self.outputs = outputs
    kind = Int(info[\.output_kind] ?? 0)
    flags = Int(info[\.flags] ?? 0)
    threading = Int(info[\.threading] ?? 0)
    tolerance = info[\.tolerance] ?? 0
    let batch = Int(info[\.max_batch] ?? 0)
    maximumBatch = batch > 0 ? batch : 1 << 30
    maximumTextBytes = Int(info[\.max_text_bytes] ?? 0)
  }

  var isDeterministic: Bool { flags & TX_IS_DETERMINISTIC != 0 }
  var isBatchInvariant: Bool { flags & TX_IS_BATCH_INVARIANT != 0 }

  /// Whether two rows are the same scores as the model itself understands it.
  func areEqual(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { a, b in
      a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) || a == b || abs(a - b) <= tolerance
    }
  }

  /// Fails where scores differ.
  func requireEqual(
    _ a: [[Double]], _ b: [[Double]], _ texts: [[UInt8]], _ what: @autoclosure () -> String
  ) throws {
    try require(a.count == b.count, "\(a.count) and \(b.count) rows of scores: \(what())")
    for (index, (first, second)) in zip(a, b).enumerated() where !areEqual(first, second) {
      let column = first.indices.first { !areEqual([first[$0]], [second[$0]]) } ?? 0
      throw Violation(
        "\(quoted(texts[index])) scores \(first[column]) and \(second[column]): \(what())")
    }
  }
}

/// The beginning of a text, for people: control characters are visible escapes.
func quoted(_ text: [UInt8]) -> String {
  let excerpt = TextExcerpt(of: text, limit: 24).description
  return text.count > 24 ? "\(excerpt) (\(text.count) bytes)" : excerpt
}

import CTextExplain
import PluginHost

/// A sink that keeps the tokens or terms put into it.
final class Collector<Record> {
  private let memory: ForeignMemory<tx_sink>
  private let bytes = UnsafeMutablePointer<[UInt8]>.allocate(capacity: 1)

  var pointer: UnsafePointer<tx_sink> { UnsafePointer(memory.pointer) }

  init(size: Int = ForeignMemory<tx_sink>.size) {
    bytes.initialize(to: [])
    memory = ForeignMemory(
      tx_sink(size: 0, record_size: UInt32(MemoryLayout<Record>.stride), ctx: bytes) {
        context, records, count in
        guard let context, let records else { return tx_result(count == 0 ? TX_OK : TX_E_HOST) }
        // A C function cannot know the type Record; tokens and terms have 32 bytes, both of them.
        context.assumingMemoryBound(to: [UInt8].self).pointee
          .append(contentsOf: UnsafeRawBufferPointer(start: records, count: 32 * count))
        return tx_result(TX_OK)
      }, size: size)
  }

  deinit {
    bytes.deinitialize(count: 1)
    bytes.deallocate()
  }

  var records: [Record] {
    bytes.pointee.withUnsafeBytes { bytes in
      (0..<bytes.count / MemoryLayout<Record>.stride).map {
        bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Record>.stride, as: Record.self)
      }
    }
  }
}

/// A model's own tokenizer.
struct TokensSide {
  private let model: OpenModel
  private let table: ForeignStruct<tx_ext_tokens>

  init?(_ model: OpenModel) {
    guard let table = model.table(TX_EXT_TOKENS, tx_ext_tokens.self) else { return nil }
    self.model = model
    self.table = table
  }

  func tokens(
    of text: [UInt8], sinkSize: Int = ForeignMemory<tx_sink>.size, room: ErrorRoom = ErrorRoom()
  ) throws -> [tx_token] {
    let (answer, tokens) = try tokenize(text, sinkSize: sinkSize, room: room)
    try require(answer.code == TX_OK, "tokenize of \(quoted(text)): \(answer.summary)")
    return tokens
  }

  /// Calls `tokenize`, which may fail.
  func tokenize(
    _ text: [UInt8], sinkSize: Int = ForeignMemory<tx_sink>.size, room: ErrorRoom
  ) throws -> (answer: Answer, tokens: [tx_token]) {
    guard let tokenize = table[\.tokenize] else { throw Violation("tokens/1 lacks tokenize") }
    model.subject.progress.step("tokenize")
    let texts = TextTable([text], isGuarded: true)
    let sink = Collector<tx_token>(size: sinkSize)
    let answer = try room.fill { tokenize(model.handle, texts.records[0], sink.pointer, $0) }
    texts.keepAlive()
    return (answer, sink.records)
  }
}

/// A linear model's account of itself.
struct LinearSide {
  private let model: OpenModel
  private let table: ForeignStruct<tx_ext_linear>

  init?(_ model: OpenModel) {
    guard let table = model.table(TX_EXT_LINEAR, tx_ext_linear.self) else { return nil }
    self.model = model
    self.table = table
  }

  var termsAreIndependent: Bool { table[\.terms_are_independent] == 1 }

  func terms(
    of text: [UInt8], output: Int, sinkSize: Int = ForeignMemory<tx_sink>.size
  ) throws -> (bias: Double, terms: [tx_term]) {
    guard let terms = table[\.terms] else { throw Violation("linear/1 lacks terms") }
    model.subject.progress.step("terms")
    let texts = TextTable([text], isGuarded: true)
    let sink = Collector<tx_term>(size: sinkSize)
    var bias = Double.nan
    let answer = try ErrorRoom().fill {
      terms(model.handle, texts.records[0], UInt32(output), &bias, sink.pointer, $0)
    }
    texts.keepAlive()
    try require(answer.code == TX_OK, "terms of \(quoted(text)): \(answer.summary)")
    return (bias, sink.records)
  }
}

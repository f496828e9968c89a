import CTextExplain
import PluginKit
import Synchronization
import Testing

/// What the classifiers log, with its level.
private let logged = Mutex<[String]>([])

@Suite("PluginKit")
struct PluginKitTests {
  private let everything: UnsafePointer<tx_classifier>
  private let least: UnsafePointer<tx_classifier>

  init() throws {
    let descriptors = KitHost.descriptors()
    try #require(descriptors.count == 2)
    (everything, least) = (descriptors[0], descriptors[1])
  }

  private static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func failure(_ body: () throws -> Void) -> KitHost.Failure? {
    #expect(throws: KitHost.Failure.self) { try body() }
  }

  @Test("the same tables on every call, one descriptor for each classifier")
  func library() throws {
    let library = try #require(exportPlugin(Everything.self, Least.self, hostMinor: 0))
    #expect(library == exportPlugin(Everything.self, Least.self, hostMinor: .max))
    #expect(library.pointee.refusal == nil)
    let table = everything.pointee
    #expect(Int(table.size) == MemoryLayout<tx_classifier>.size)
    #expect(Self.string(table.id) == "org.example.everything")
    #expect(Self.string(table.name) == "everything")
    #expect(Self.string(table.version) == "1.2.3")
    #expect(Self.string(table.vendor) == "Example")
    #expect(Self.string(table.license) == "MIT")
    #expect(Self.string(table.description) == "counts bytes")
    #expect(Self.string(table.url) == "https://example.org")
    #expect(Int(table.needs) == TX_NEEDS_THREADS | TX_NEEDS_GPU)
    #expect(Self.string(least.pointee.id) == "org.example.least")
    #expect(least.pointee.vendor == nil)
    #expect(least.pointee.option_count == 0)
    #expect(table.option_count == 5)
    let specifications = try (0..<5).map { try #require(table.options[$0]).pointee }
    #expect(
      specifications.map { Self.string($0.key) } == [
        "factor", "offset", "shout", "colour", "model",
      ])
    #expect(
      specifications.map { Int($0.type) } == [
        TX_OPTION_NUMBER, TX_OPTION_INTEGER, TX_OPTION_BOOLEAN, TX_OPTION_CHOICE, TX_OPTION_FILE,
      ])
    #expect(specifications.map { Self.string($0.default_value) } == ["1", "0", "false", "red", ""])
    #expect(specifications[2].choices == nil)
    #expect((0..<3).map { Self.string(specifications[3].choices[$0]) } == ["red", "green", nil])
  }

  @Test("traits become tx_info")
  func info() throws {
    let host = try KitHost(everything)
    let info = try #require(host.table.info(host.instance)).pointee
    #expect(Int(info.size) == MemoryLayout<tx_info>.size)
    #expect(Int(info.output_kind) == TX_OUT_REGRESSION)
    #expect(info.outputs == 2)
    #expect((0..<2).map { Self.string(info.labels[$0]) } == ["bytes", "minus bytes"])
    #expect((0..<3).map { Self.string(info.languages[$0]) } == ["en", "th", nil])
    #expect(Int(info.threading) == TX_THREADS_CONCURRENT)
    #expect(Int(info.flags) == TX_IS_BATCH_INVARIANT | TX_TRUNCATES)
    #expect(info.preferred_batch == 16 && info.max_batch == 64 && info.max_text_bytes == 100)
    #expect(Self.string(info.model_id) == "sha256:é")
    #expect(info.tolerance == 0.5 && info.typical_cost_us == 9)
    let plain = try KitHost(least)
    let other = try #require(plain.table.info(plain.instance)).pointee
    #expect(Int(other.output_kind) == TX_OUT_PROBABILITY)
    #expect(Int(other.flags) == TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT)
    #expect(other.languages == nil && other.model_id == nil && other.outputs == 3)
    #expect(try plain.predict(["x"]).rows == [[0.25, 0.25, 0.5]])
    for id in [TX_EXT_MASKED, TX_EXT_TOKENS, TX_EXT_LINEAR] {
      #expect(plain.table.get_extension(plain.instance, id) == nil)
      let table = host.table.get_extension(host.instance, id)
      #expect(table != nil && table == host.table.get_extension(host.instance, id))
      #expect(host.table.get_extension(host.instance, id + "0") == nil)
    }
  }

  @Test("options are checked, converted and defaulted")
  func options() throws {
    #expect(try KitHost(everything).predict(["four"]).rows == [[4, -4]])
    let scaled = try KitHost(everything, [("factor", "0.5"), ("offset", "-3")])
    #expect(try scaled.predict(["four", ""]).rows == [[-1, 1], [-3, 3]])
    let wrong: [([(String, String)], String)] = [
      (
        [("né", "1")],
        "unknown option 'né': there is 'factor', 'offset', 'shout', 'colour', 'model'"
      ),
      ([("factor", "1"), ("factor", "1")], "option 'factor' is given twice"),
      ([("factor", "x")], "option 'factor': 'x' is no finite number"),
      ([("factor", "inf")], "option 'factor': 'inf' is no finite number"),
      ([("offset", "1.5")], "option 'offset': '1.5' is no integer"),
      ([("shout", "yes")], "option 'shout': 'yes' is neither true nor false"),
      ([("colour", "blue")], "option 'colour': 'blue' is none of red, green"),
      ([("model", "a")], "option 'model': 'a' is no absolute path"),
      ([("model", "/a\0")], "the value of option 'model' has a NUL inside"),
      ([("colour", "green")], "option 'model' has no value"),
    ]
    for (options, message) in wrong {
      #expect(
        failure { _ = try KitHost(everything, options) }
          == .init(code: TX_E_OPTION, message: message))
    }
    #expect(
      try KitHost(everything, [("colour", "green"), ("model", "/a")]).predict(["x"]).rows[0][0] == 1
    )
  }

  @Test("failed and marked rows, the seed, and an error of another type")
  func rows() throws {
    let host = try KitHost(everything)
    let answer = try host.predict(["fail", "mark", "né"])
    #expect(answer.rows[0].allSatisfy { $0.isNaN })
    #expect(answer.rows[1...] == [[4, -4], [3, -3]])
    #expect(
      answer.flags.map { Int($0) } == [
        TX_ROW_FAILED, TX_ROW_TRUNCATED | TX_ROW_UNKNOWN_LANGUAGE, 0,
      ])
    var call = tx_call()
    call.size = UInt32(MemoryLayout<tx_call>.size)
    call.seed = 42
    #expect(try host.predict(["seed"], call: &call).rows[0][0] == 42)
    #expect(
      failure { _ = try host.predict(["throw"]) } == .init(code: TX_E_INTERNAL, message: "surprise")
    )
    #expect(
      failure { _ = try host.predict([String(repeating: "x", count: 101)]) }
        == .init(code: TX_E_TOO_LONG, message: "a text of 101 bytes; the limit is 100"))
    call.should_stop = { _ in 1 }
    #expect(failure { _ = try host.predict(["x"], call: &call) }?.code == TX_E_CANCELLED)
    #expect(failure { _ = try KitHost(everything, call: &call) }?.code == TX_E_CANCELLED)
    #expect(try host.predict(["x"]).rows == [[1, -1]])
  }

  @Test("the log takes bytes with a NUL inside, and may be missing")
  func log() throws {
    var host = tx_host()
    host.size = UInt32(MemoryLayout<tx_host>.size)
    _ = try KitHost(everything, [("shout", "true")], host: &host)
    host.log = { _, level, message, count in
      let bytes = UnsafeRawBufferPointer(start: message, count: count)
      logged.withLock { $0.append("\(level) " + String(decoding: bytes, as: UTF8.self)) }
    }
    _ = try KitHost(everything, [("shout", "true")], host: &host)
    host.size = 32
    _ = try KitHost(everything, [("shout", "true")], host: &host)
    #expect(logged.withLock { $0 } == ["\(TX_LOG_WARNING) né\0!"])
  }

  @Test("masks: removed, replaced, declined")
  func masked() throws {
    let host = try KitHost(everything)
    let table = try #require(host.table.get_extension(host.instance, TX_EXT_MASKED))
      .load(as: tx_ext_masked.self)
    #expect(table.absent_modes == 1 << TX_ABSENT_REMOVE | 1 << TX_ABSENT_REPLACE)
    func prepare(_ text: String, _ pieces: [tx_piece], _ mode: Int, _ filler: String) throws
      -> OpaquePointer?
    {
      let texts = Texts([Array(text.utf8), Array(filler.utf8)])
      var prepared: OpaquePointer?
      try pieces.withUnsafeBufferPointer { pieces in
        var what = tx_masking(
          size: UInt32(MemoryLayout<tx_masking>.size), absent: Int32(mode), text: texts.records[0],
          filler: texts.records[1], pieces: pieces.baseAddress, piece_count: pieces.count)
        try KitHost.checked { table.prepare(host.instance, nil, &what, &prepared, $0) }
      }
      return prepared
    }
    let pieces = [tx_piece(begin: 0, end: 2), tx_piece(begin: 3, end: 6)]
    for (mode, filler, expected) in [
      (TX_ABSENT_REMOVE, "x", [1.0, 3, 4, 6]), (TX_ABSENT_REPLACE, "[…]", [11, 8, 9, 6]),
    ] {
      let prepared = try prepare("éabcd", pieces, mode, filler)
      defer { table.release(host.instance, prepared) }
      let answer = try host.scores(rows: 4) { out, error in
        table.score(host.instance, prepared, nil, [0, 1, 2, 3], 4, 1, out, error)
      }
      #expect(answer.rows.map { $0[0] } == expected)
    }
    #expect(failure { _ = try prepare("no", [], TX_ABSENT_REMOVE, "") }?.code == TX_E_UNSUPPORTED)
    #expect(
      failure { _ = try prepare("x", [], TX_ABSENT_MODEL_MASK, "") }?.code == TX_E_UNSUPPORTED)
    #expect(failure { _ = try prepare("x", [], 77, "") }?.code == TX_E_UNSUPPORTED)
    #expect(
      failure { _ = try prepare("éa", [tx_piece(begin: 1, end: 2)], 1, "") }?.code == TX_E_ARGUMENT)
    let long = String(repeating: "x", count: 60)
    #expect(
      failure { _ = try prepare("éabcd", pieces, TX_ABSENT_REPLACE, long) }?.code
        == TX_E_UNSUPPORTED)
  }

  /// Keeps what a sink is given, record by record.
  private final class Records {
    var bytes: [[UInt8]] = []
    var isRefusing = false
    let size: Int

    init(size: Int) { self.size = size }

    func sink() -> tx_sink {
      tx_sink(
        size: UInt32(MemoryLayout<tx_sink>.size), record_size: UInt32(size),
        ctx: Unmanaged.passUnretained(self).toOpaque(),
        put: { context, records, count in
          guard let context, let records else { return -1 }
          let list = Unmanaged<Records>.fromOpaque(context).takeUnretainedValue()
          for i in 0..<count {
            list.bytes.append(
              [UInt8](UnsafeRawBufferPointer(start: records + i * list.size, count: list.size)))
          }
          return list.isRefusing ? -1 : 0
        })
    }
  }

  @Test(
    "tokens go into sinks whose records are as long, shorter or longer", arguments: [32, 16, 40])
  func tokens(size: Int) throws {
    let host = try KitHost(everything)
    let table = try #require(host.table.get_extension(host.instance, TX_EXT_TOKENS))
      .load(as: tx_ext_tokens.self)
    let records = Records(size: size)
    var sink = records.sink()
    let text = Texts([Array("é".utf8)])
    try KitHost.checked { table.tokenize(host.instance, text.records[0], &sink, $0) }
    let expected: [[UInt64]] = [[0, 1, 0xC3, 0], [1, 2, 0xA9, 0], [2, 2, .max, 1]]
    #expect(records.bytes.count == 3)
    for (bytes, words) in zip(records.bytes, expected) {
      let whole = words.flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      }
      #expect(bytes == Array((whole + [UInt8](repeating: 0, count: 8)).prefix(size)))
    }
    records.isRefusing = true
    #expect(
      failure { try KitHost.checked { table.tokenize(host.instance, text.records[0], &sink, $0) } }?
        .code
        == TX_E_HOST)
    #expect(
      failure { try KitHost.checked { table.tokenize(host.instance, text.records[0], nil, $0) } }?
        .code
        == TX_E_ARGUMENT)
  }

  @Test("bias and terms add up to the score")
  func terms() throws {
    let host = try KitHost(everything, [("factor", "2"), ("offset", "5")])
    let table = try #require(host.table.get_extension(host.instance, TX_EXT_LINEAR))
      .load(as: tx_ext_linear.self)
    #expect(table.terms_are_independent == 1)
    let text = Texts([Array("abc".utf8)])
    let scores = try host.predict(["abc"]).rows[0]
    for output in 0..<2 {
      let records = Records(size: MemoryLayout<tx_term>.stride)
      var (sink, bias) = (records.sink(), Double.nan)
      try KitHost.checked {
        table.terms(host.instance, text.records[0], UInt32(output), &bias, &sink, $0)
      }
      let terms = records.bytes.map { $0.withUnsafeBytes { $0.loadUnaligned(as: tx_term.self) } }
      #expect(terms.map(\.begin) == [0, 1, 2])
      #expect(terms.allSatisfy { $0.feature == 7 })
      #expect(terms.reduce(bias) { $0 + $1.value } == scores[output])
    }
    let records = Records(size: 32)
    var (sink, bias) = (records.sink(), 0.0)
    #expect(
      failure {
        try KitHost.checked { table.terms(host.instance, text.records[0], 2, &bias, &sink, $0) }
      }?.code == TX_E_ARGUMENT)
  }

  @Test("codes have the numbers of the contract")
  func codes() {
    #expect(
      PluginError.Code.allCases.map { Int($0.rawValue) } == [
        TX_E_INTERNAL, TX_E_ARGUMENT, TX_E_OPTION, TX_E_MODEL, TX_E_NOMEM, TX_E_UNSUPPORTED,
        TX_E_CANCELLED, TX_E_DEADLINE, TX_E_ENCODING, TX_E_TOO_LONG, TX_E_DEVICE, TX_E_HOST,
      ])
    #expect(
      OutputKind.allCases.map { Int($0.rawValue) } == [
        TX_OUT_PROBABILITY, TX_OUT_MULTILABEL, TX_OUT_LOG_PROBABILITY, TX_OUT_LOGIT,
        TX_OUT_REGRESSION, TX_OUT_MARGIN,
      ])
  }
}

import CTextExplain
import Glibc
import PluginHost

/// Level 3: what a plugin leaves alone, and what it survives.
extension Check {
  static let quiet = Check(
    34, "quiet", level: 3, "not a byte on standard output or standard error in a whole life"
  ) { subject in
    var badMessages = 0
    var failure: Violation?
    let output = try OutputCapture.during {
      do {
        let host = HostSide()
        try wholeLife(subject, host: host)
        badMessages = host.badMessages
      } catch let violation as Violation { failure = violation }
    }
    try require(output.isEmpty, "it prints \(quoted(output)); host->log is there for that")
    if let failure { throw failure }
    try require(badMessages == 0, "it logs messages of a level that does not exist")
    return .pass
  }

  static let leaks = Check(
    35, "leaks", level: 3, timeLimit: 20,
    "memory, descriptors, threads and mappings stay the same over 500 lives"
  ) { subject in
    let texts = Array(Corpus.texts.prefix(4))
    let options = try subject.options()
    func live(_ lives: Int, until end: Double) throws {
      for _ in 0..<lives where monotonicSeconds() < end {
        let (model, answer) = try subject.create(options)
        guard let model else { throw Violation("create answers \(answer.summary)") }
        _ = try model.predict(texts)
        _ = try subject.create(options + [subject.unknownOption])
      }
    }
    func state() -> [Int] {
      [
        ProcessState.residentKiB, ProcessState.descriptors, ProcessState.threads,
        ProcessState.mappings,
      ]
    }
    try live(100, until: monotonicSeconds() + 2)
    let first = state()
    try live(200, until: monotonicSeconds() + 2)
    let second = state()
    try live(200, until: monotonicSeconds() + 2)
    let third = state()
    let names = ["KiB of memory", "open descriptors", "threads", "mappings"]
    for (index, allowed) in [200, 0, 0, 4].enumerated() {
      let (before, between) = (second[index] - first[index], third[index] - second[index])
      try require(
        before <= allowed || between <= allowed,
        "\(before + between) more \(names[index]) after 400 instances")
    }
    return .pass
  }

  static let threadsDeclared = Check(
    36, "threads-declared", level: 3, timeLimit: 20,
    "8 threads at once, as its threading allows, get the scores that one gets"
  ) { subject in
    let shared = try subject.open()
    let facts = try shared.facts()
    var way = PredictionWay()
    way.call = CallSide(seed: subject.seed)
    let texts = Array(Corpus.texts.prefix(min(24, facts.maximumBatch)))
    let expected = try shared.scores(texts, way)
    let isConcurrent = facts.threading == TX_THREADS_CONCURRENT
    let models = try (0..<8).map { _ in isConcurrent ? shared : try subject.open() }
    for model in models { _ = try model.facts() }
    let error = onThreads(8) { number in
      for _ in 0..<20 {
        let scores = try models[number].scores(texts, way)
        try facts.requireEqual(
          expected, scores, texts,
          "one thread and 8 with \(isConcurrent ? "one shared instance" : "an instance each")")
      }
    }
    if let error { throw error }
    return .pass
  }

  static let failingHost = Check(
    37, "failing-host", level: 3, "a host without log, limits or room, and sinks that refuse"
  ) { subject in
    let texts = Array(Corpus.texts.prefix(4))
    let expected = try subject.open().scores(texts)
    let (model, answer) = try subject.create(
      try subject.options(), host: HostSide(hasLog: false), room: .none)
    guard let model else { throw Violation("create without log: code \(answer.code)") }
    let facts = try model.facts()
    var way = PredictionWay(step: "predict without limits, flags and room for errors")
    way.hasRowFlags = false
    way.room = .none
    try facts.requireEqual(
      expected, model.scores(texts, way), texts, "with and without row flags and room for errors")
    for text in texts + Corpus.invalid.prefix(3) { _ = try model.predict([text], way) }

    func requireRefusal(_ what: String, _ call: (UnsafePointer<tx_sink>) -> tx_result) throws {
      let sink = RefusingSink()
      let code = call(sink.pointer)
      try require(
        sink.calls == 0 || Int(code) == TX_E_HOST,
        "\(what) answers \(code) when the sink refuses, not TX_E_HOST")
      try require(sink.calls <= 1, "\(what) goes on after the sink refused")
    }
    let text = TextTable([texts[0]])
    if let tokenize = model.table(TX_EXT_TOKENS, tx_ext_tokens.self)?[\.tokenize] {
      subject.progress.step("tokenize into a sink that refuses")
      try requireRefusal("tokenize") { tokenize(model.handle, text.records[0], $0, nil) }
    }
    if let terms = model.table(TX_EXT_LINEAR, tx_ext_linear.self)?[\.terms] {
      subject.progress.step("terms into a sink that refuses")
      var bias = 0.0
      try requireRefusal("terms") { terms(model.handle, text.records[0], 0, &bias, $0, nil) }
    }
    text.keepAlive()
    return .pass
  }

  static let noThrow = Check(
    38, "no-throw", level: 3, "no exception or panic leaves any path that ends in an error"
  ) { subject in
    for room in [ErrorRoom(), .none] {
      let options = try subject.options()
      _ = try subject.create(options + [subject.unknownOption], room: room)
      for option in try subject.descriptor().options {
        let wrong = PluginOption(key: option.key, value: "/nonexistent/\u{1}")
        _ = try subject.create(options.filter { $0.key != option.key } + [wrong], room: room)
      }
      let model = try subject.open()
      for text in Corpus.invalid {
        _ = try model.predict([text], PredictionWay(room: room, step: "predict of invalid UTF-8"))
      }
      let limits = [CallSide(polls: 0), CallSide(polls: 1), CallSide(milliseconds: -1000)]
      for call in limits {
        let texts = [Corpus.exactly(100_000), Corpus.long(3_000)]
        let count = min(2, try model.facts().maximumBatch)
        _ = try model.predict(
          Array(texts.prefix(count)),
          PredictionWay(call: call, room: room, step: "predict that should stop"))
      }
      _ = try model.predict(
        [Corpus.exactly(16 << 20)], PredictionWay(room: room, step: "predict of 16 MiB"))
      let bits = UInt8(TX_ABSENT_REMOVE)...UInt8(TX_ABSENT_MODEL_MASK)
      for mode in bits.map(Int.init) + [0, 99] {
        guard let masked = try MaskedSide(model) else { break }
        subject.progress.step("prepare with absent mode \(mode)")
        _ = try masked.prepare(Corpus.texts[0], [0..<1], mode: mode, room: room)
      }
    }
    return .pass
  }

  /// Everything once: good calls and bad ones, and all extensions.
  private static func wholeLife(_ subject: Subject, host: HostSide) throws {
    let (made, answer) = try subject.create(try subject.options(), host: host)
    guard let model = made else { throw Violation("create answers \(answer.summary)") }
    _ = try subject.create(try subject.options() + [subject.unknownOption])
    _ = try model.scores(Corpus.texts)
    for text in Corpus.invalid + [[], Corpus.exactly(1 << 20)] { _ = try model.predict([text]) }
    var way = PredictionWay()
    way.call = CallSide(polls: 0)
    _ = try model.predict([Corpus.long(3_000)], way)
    let text = Corpus.texts[0]
    if let masked = try MaskedSide(model) {
      let pieces = MaskedText.words(of: text)
      for mode in masked.textualModes {
        guard let prepared = try masked.prepare(text, pieces, mode: mode).prepared else { continue }
        _ = try masked.score(prepared, [Mask(all: true, count: pieces.count)])
      }
    }
    if let tokens = TokensSide(model) { _ = try tokens.tokens(of: text) }
    if let linear = LinearSide(model) { _ = try linear.terms(of: text, output: 0) }
  }
}

/// A sink that takes nothing.
private final class RefusingSink {
  private let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  private let memory: ForeignMemory<tx_sink>

  var pointer: UnsafePointer<tx_sink> { UnsafePointer(memory.pointer) }
  var calls: Int { count.pointee }

  init() {
    count.initialize(to: 0)
    memory = ForeignMemory(
      tx_sink(size: 0, record_size: 40, ctx: count) { context, _, _ in
        context?.assumingMemoryBound(to: Int.self).pointee += 1
        return tx_result(TX_E_HOST)
      })
  }

  deinit { count.deallocate() }
}

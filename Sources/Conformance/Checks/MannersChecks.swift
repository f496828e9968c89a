import CProcess
import CTextExplain
import Glibc
import PluginHost

/// Level 3: what a plugin leaves alone, and what it survives.
extension Check {
  static let quiet = Check(
    34, "quiet", level: 3,
    "not a byte on standard output or standard error, and no process started, in a whole life"
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
    try require(
      !ProcessState.hasStartedProcess, "it starts a process, which the sandbox does not let it do")
    try require(badMessages == 0, "it logs messages of a level that does not exist")
    return .pass
  }

  static let leaks = Check(
    35, "leaks", level: 3, timeLimit: 40,
    "memory, descriptors, threads and mappings stay the same over up to 500 lives"
  ) { subject in
    let options = try subject.options()
    func live(_ lives: Int) throws -> Int {
      let end = monotonicSeconds() + subject.request.seconds / 8
      for life in 0..<lives {
        if life >= 2 && monotonicSeconds() >= end { return life }
        try shortLife(subject, options)
      }
      return lives
    }
    func state() -> [Int] {
      [
        Int(cprocess_heap_bytes()), ProcessState.residentKiB, ProcessState.descriptors,
        ProcessState.threads, ProcessState.mappings,
      ]
    }
    _ = try live(100)
    let first = state()
    let early = try live(200)
    let second = state()
    let late = try live(200)
    let third = state()
    let names = [
      "bytes on the heap", "KiB of memory", "open descriptors", "threads", "mappings",
    ]
    // 16 bytes a life are less than the smallest thing that malloc hands out; resident memory is coarse, and there
    // for those who do not use malloc.
    for (index, (each, once)) in [(16, 2048), (1, 100), (0, 0), (0, 0), (0, 4)].enumerated() {
      let (before, between) = (second[index] - first[index], third[index] - second[index])
      // What is allocated once for good, however late, is no leak.
      try require(
        before <= each * early + once || between <= each * late + once,
        "\(before + between) more \(names[index]) after \(early + late) instances")
    }
    return .pass
  }

  /// Opens and closes one instance; on the way everything is made that has to be given back.
  private static func shortLife(_ subject: Subject, _ options: [PluginOption]) throws {
    let (model, answer) = try subject.create(options)
    guard let model else { throw Violation("create answers \(answer.summary)") }
    let texts = try Array(model.readable(Corpus.texts).prefix(4))
    _ = try model.scores(texts)
    _ = try model.predict([Corpus.invalid[0]])
    if let masked = try MaskedSide(model) {
      let pieces = MaskedText.words(of: texts[0])
      for mode in masked.modes {
        guard let prepared = try masked.prepare(texts[0], pieces, mode: mode).prepared else {
          continue
        }
        _ = try masked.score(prepared, [Mask(all: true, count: pieces.count)])
      }
      _ = try masked.prepare(texts[0], pieces, mode: 99)
    }
    if let tokens = TokensSide(model) { _ = try tokens.tokens(of: texts[0]) }
    if let linear = LinearSide(model) { _ = try linear.terms(of: texts[0], output: 0) }
    _ = try subject.create(options + [subject.unknownOption])
  }

  static let threadsDeclared = Check(
    36, "threads-declared", level: 3, timeLimit: 40,
    "8 threads at once, as its threading allows, get the scores that one gets"
  ) { subject in
    let shared = try subject.open()
    let facts = try shared.facts()
    var way = PredictionWay()
    way.call = CallSide(seed: subject.seed)
    let texts = try shared.corpus(rounds: 16, atMost: min(24, facts.maximumBatch))
    let repeats = try shared.affordable(20, atLeast: 3, rounds: 8 * texts.count)
    let expected = try shared.scores(texts, way)
    let isConcurrent = facts.threading == TX_THREADS_CONCURRENT
    let models = try (0..<8).map { _ in isConcurrent ? shared : try subject.open() }
    for model in models { _ = try model.facts() }
    let error = onThreads(8) { number in
      for _ in 0..<repeats {
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
    let plain = try subject.open()
    let texts = try Array(plain.readable(Corpus.texts).prefix(4))
    let expected = try plain.scores(texts)
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
    if let masked = try MaskedSide(model) {
      let pieces = MaskedText.words(of: texts[0])
      for mode in masked.modes {
        let (prepared, _) = try masked.prepare(texts[0], pieces, mode: mode, way)
        guard let prepared else { continue }
        _ = try masked.score(prepared, [Mask(all: true, count: pieces.count)], way)
      }
    }

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
      let large = try model.affordableText(16 << 20)
      _ = try model.predict(
        [large], PredictionWay(room: room, step: "predict of \(large.count) bytes"))
      let bits = UInt8(TX_ABSENT_REMOVE)...UInt8(TX_ABSENT_MODEL_MASK)
      for mode in bits.map(Int.init) + [0, 99] {
        guard let masked = try MaskedSide(model) else { break }
        _ = try masked.prepare(
          Corpus.texts[0], [0..<1], mode: mode,
          PredictionWay(room: room, step: "absent mode \(mode)"))
      }
    }
    return .pass
  }

  /// Everything once: good calls and bad ones, and all extensions.
  private static func wholeLife(_ subject: Subject, host: HostSide) throws {
    let (made, answer) = try subject.create(try subject.options(), host: host)
    guard let model = made else { throw Violation("create answers \(answer.summary)") }
    _ = try subject.create(try subject.options() + [subject.unknownOption])
    _ = try model.scores(model.corpus())
    for text in Corpus.invalid + [[], try model.affordableText(1 << 20)] {
      _ = try model.predict([text])
    }
    var way = PredictionWay()
    way.call = CallSide(polls: 0)
    _ = try model.predict([Corpus.long(3_000)], way)
    let text = try model.readable(Corpus.texts)[0]
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

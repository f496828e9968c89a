import Attribution
import CTextExplain
import PluginHost

/// Level 1: what crosses the boundary is touched only where it is.
extension Check {
  static let errorBuffer = Check(
    15, "error-buffer", level: 1,
    "messages fit any room, also none, and are cut between characters"
  ) { subject in
    // Characters of all lengths, so that some capacity falls inside each.
    let key = PluginOption(key: "né-中😀-option", value: "é😀")
    let options = try subject.options() + [key]
    try requireFits("create", capacities: [0, 1, 7] + Array(8...48)) { room in
      let (model, answer) = try subject.create(options, room: room)
      try require(model == nil && answer.code < 0, "create accepts an unknown option")
      return answer
    }
    let model = try subject.open()
    let limit = try model.facts().maximumTextBytes
    let long = limit > 0 && limit <= 16 << 20 ? [Corpus.exactly(limit + 1)] : []
    for text in long + [Corpus.invalid[0], Corpus.invalid[14]] {
      try requireFits("predict") { room in
        try model.predict([text], PredictionWay(room: room, step: "predict in a small room")).answer
      }
      if let tokens = TokensSide(model) {
        try requireFits("tokenize") { try tokens.tokenize(text, room: $0).answer }
      }
    }
    if let masked = try MaskedSide(model) {
      // No mode of that number exists.
      for (text, mode) in [(Corpus.texts[1], 99)] + long.map({ ($0, TX_ABSENT_REMOVE) }) {
        try requireFits("prepare") { room in
          try masked.prepare(text, [0..<1], mode: mode, PredictionWay(room: room)).answer
        }
      }
    }
    return .pass
  }

  /// Asks for one message in rooms of all sizes; where the call succeeds there is none to look at.
  private static func requireFits(
    _ name: String, capacities: [Int] = [0, 1, 2, 3, 7, 8, 13, 21],
    _ call: (ErrorRoom) throws -> Answer
  ) throws {
    if try call(ErrorRoom()).code == TX_OK { return }
    _ = try call(.none)
    for capacity in capacities {
      let answer = try call(ErrorRoom(capacity: capacity))
      try require(
        String(validating: answer.message, as: UTF8.self) != nil,
        "in a room of \(capacity) bytes the message of \(name) is cut inside a character")
    }
    // A struct that ends before its pointer: what stands there is none.
    _ = try call(ErrorRoom(capacity: 64, size: 16))
  }

  static let growthBothWays = Check(
    16, "growth-both-ways", level: 1, "structs of an older and of a newer host are read rightly"
  ) { subject in
    let model = try subject.open()
    let texts = try Array(model.readable(Corpus.texts).prefix(5))
    let facts = try model.facts()
    let expected = try model.scores(texts)
    let fast = try fastPath(model, PredictionWay())
    func expect(_ model: OpenModel, _ way: PredictionWay, _ what: String) throws {
      try facts.requireEqual(expected, model.scores(texts, way), texts, what)
      try facts.requireEqual(
        fast, fastPath(model, way), fast.map { _ in Array("a mask".utf8) }, what)
    }
    for extra in [8, 64] {
      let (newer, answer) = try subject.create(
        try subject.options(), host: HostSide(size: ForeignMemory<tx_host>.size + extra),
        call: CallSide(size: ForeignMemory<tx_call>.size + extra),
        room: ErrorRoom(size: ForeignMemory<tx_error>.size + extra))
      guard let newer else { throw Violation("create of a newer host answers \(answer.summary)") }
      var way = PredictionWay(step: "predict of a newer host")
      way.call = CallSide(size: ForeignMemory<tx_call>.size + extra)
      way.size = ForeignMemory<tx_scores>.size + extra
      way.room.size = ForeignMemory<tx_error>.size + extra
      way.maskingSize = ForeignMemory<tx_masking>.size + extra
      try expect(newer, way, "a newer host's structs change the result")
      try requireSinks(model, of: texts[0], size: ForeignMemory<tx_sink>.size + extra)
    }
    // Ends before log, before should_stop, before row_flags, before message.
    let (older, answer) = try subject.create(
      try subject.options(), host: HostSide(size: 32), call: CallSide(size: 8),
      room: ErrorRoom(size: 16))
    guard let older else { throw Violation("create of an older host answers \(answer.summary)") }
    var way = PredictionWay(step: "predict of an older host")
    way.call = CallSide(size: 8)
    way.size = 32
    way.room.size = 16
    try expect(older, way, "an older host's structs change the result")
    return .pass
  }

  /// The scores of some masks, of a text that is prepared and scored in one way; none without the extension.
  private static func fastPath(_ model: OpenModel, _ way: PredictionWay) throws -> [[Double]] {
    guard let side = try MaskedSide(model) else { return [] }
    let text = Corpus.texts[0]
    let pieces = MaskedText.words(of: text)
    var random = SplitMix64(seed: 1)
    let masks = (0..<4).map { _ in Mask(count: pieces.count, random: &random) }
    for mode in side.modes where try !model.readable([text]).isEmpty {
      if let prepared = try side.prepare(text, pieces, mode: mode, way).prepared {
        return try side.score(prepared, masks, way)
      }
    }
    return []
  }

  /// Sinks of a newer host get what those of today do.
  private static func requireSinks(_ model: OpenModel, of text: [UInt8], size: Int) throws {
    if let tokens = TokensSide(model) {
      let (now, later) = (try tokens.tokens(of: text), try tokens.tokens(of: text, sinkSize: size))
      try require(
        now.map { [$0.begin, $0.end] } == later.map { [$0.begin, $0.end] },
        "a newer host's sink changes the tokens")
    }
    if let linear = LinearSide(model) {
      let now = try linear.terms(of: text, output: 0)
      let later = try linear.terms(of: text, output: 0, sinkSize: size)
      try require(
        now.bias == later.bias && now.terms.map(\.value) == later.terms.map(\.value),
        "a newer host's sink changes the terms")
    }
  }
}

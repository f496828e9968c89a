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
    func ask(_ room: ErrorRoom, _ what: String) throws -> Answer {
      let (model, answer) = try subject.create(options, room: room)
      try require(model == nil && answer.code < 0, "create accepts an unknown option")
      try require(!answer.isOverrun, "it writes outside \(what)")
      return answer
    }
    _ = try ask(.none, "no room at all")
    for capacity in [0, 1, 7] + Array(8...48) {
      let answer = try ask(ErrorRoom(capacity: capacity), "a room of \(capacity) bytes")
      try require(
        answer.length <= capacity, "it claims \(answer.length) bytes in a room of \(capacity)")
      try require(
        String(validating: answer.message, as: UTF8.self) != nil,
        "in a room of \(capacity) bytes the message is cut inside a character")
    }
    // A struct that ends before its pointer: what stands there is none.
    _ = try ask(ErrorRoom(capacity: 64, size: 16), "a struct that ends before \"message\"")
    return .pass
  }

  static let growthBothWays = Check(
    16, "growth-both-ways", level: 1, "structs of an older and of a newer host are read rightly"
  ) { subject in
    let texts = Array(Corpus.texts.prefix(5))
    let model = try subject.open()
    let facts = try model.facts()
    let expected = try model.scores(texts)
    func expect(_ model: OpenModel, _ way: PredictionWay, _ what: String) throws {
      try facts.requireEqual(expected, model.scores(texts, way), texts, what)
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
      try expect(newer, way, "a newer host's structs change the result")
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
}

import Attribution
import CTextExplain
import Glibc
import PluginHost

/// Level 1: `create` and its options.
extension Check {
  static let createDestroy = Check(
    11, "create-destroy", level: 1,
    "fails cleanly without its required options, opens with the given ones, ends after failures"
  ) { subject in
    let specifications = try subject.descriptor().options
    if specifications.contains(where: \.isRequired) {
      let (model, answer) = try subject.create([])
      try require(model == nil, "create succeeds without the required options")
      try require(answer.code < 0, "create answers the positive code \(answer.code)")
      try require(!answer.message.isEmpty, "create fails without a message")
    }
    let (refused, answer) = try subject.create(try subject.options() + [subject.unknownOption])
    try require(refused == nil && answer.code < 0, "create accepts an unknown option")

    let models = try (0..<3).map { _ in try subject.open() }
    let handles = Set(models.map(\.handle))
    try require(handles.count == 3, "three living instances share an address")
    // An instance has to end after a call that failed too.
    let failed = try subject.open()
    var way = PredictionWay()
    way.call = CallSide(polls: 0)
    _ = try failed.predict([Corpus.long(2_000)], way)
    _ = try failed.predict([[0xff, 0xfe]])
    return .pass
  }

  static let optionsErrors = Check(
    12, "options-errors", level: 1, "wrong options are TX_E_OPTION, and the message names the key"
  ) { subject in
    let given = try subject.options()
    func expect(_ options: [PluginOption], _ key: String, _ codes: [Int], _ what: String) throws {
      let (model, answer) = try subject.create(options)
      if model != nil && codes.contains(TX_OK) { return }
      try require(model == nil, "\(what) is accepted")
      try require(codes.contains(answer.code), "\(what): \(answer.summary)")
      try require(
        answer.text.contains(key), "\(what): the message \"\(answer.text)\" does not name the key")
    }
    let unknown = subject.unknownOption
    try expect(given + [unknown], unknown.key, [TX_E_OPTION], "an unknown key")
    let megabyte = String(repeating: "7x", count: 1 << 19)
    for option in try subject.descriptor().options {
      func expectValue(_ value: String, _ codes: [Int]) throws {
        let others = given.filter { $0.key != option.key }
        try expect(
          others + [PluginOption(key: option.key, value: value)], option.key, codes,
          "\(option.key)=\(quoted(Array(value.utf8)))")
      }
      let wrong: [String]
      switch option.kind {
      case .integer: wrong = ["x", "7x", "99999999999999999999", megabyte, "7\0x"]
      case .number: wrong = ["x", "7x", "nan", "1e999", megabyte, "7\0x"]
      case .boolean: wrong = ["maybe", "truer", megabyte, "true\0x"]
      case .choice: wrong = ["no such choice", megabyte]
      case .string, .file, .directory, .unknown: wrong = []
      }
      for value in wrong + (wrong.isEmpty || option.defaultValue == "" ? [] : [""]) {
        try expectValue(value, [TX_E_OPTION])
      }
      switch option.kind {
      case .string:
        for value in ["", megabyte, "a\0b"] {
          try expectValue(value, [TX_OK, TX_E_OPTION])
        }
      case .file, .directory:
        for value in ["/" + megabyte, "/a\0b"] {
          let (model, answer) = try subject.create(
            given.filter { $0.key != option.key } + [PluginOption(key: option.key, value: value)])
          try require(
            model == nil && [TX_E_OPTION, TX_E_MODEL].contains(answer.code),
            "\(option.key)=\(quoted(Array(value.utf8))): \(answer.summary)")
        }
      default: break
      }
      // The host sends no key twice; whoever does gets an error or either value.
      if let value = option.defaultValue ?? given.first(where: { $0.key == option.key })?.value,
        !value.isEmpty
      {
        let twice = PluginOption(key: option.key, value: value)
        try expect(
          given.filter { $0.key != option.key } + [twice, twice], option.key,
          [TX_OK, TX_E_OPTION], "\(option.key) given twice")
      }
    }
    return .pass
  }

  static let missingModel = Check(
    13, "missing-model", level: 1,
    "a model file that is absent, empty, cut or random is TX_E_MODEL with a message, not a crash"
  ) { subject in
    let given = try subject.options()
    let files = try subject.descriptor().options.filter {
      $0.kind == .file || $0.kind == .directory
    }
    if files.isEmpty { return .skip("no option names a file") }
    var remarks: [String] = []
    for option in files {
      func attempt(_ path: String, _ what: String, mayWork: Bool) throws {
        let (model, answer) = try subject.create(
          given.filter { $0.key != option.key } + [PluginOption(key: option.key, value: path)])
        if model != nil {
          try require(mayWork, "\(what) as \(option.key) is accepted")
          remarks.append("\(what) as \(option.key) is accepted")
          return
        }
        try require(answer.code == TX_E_MODEL, "\(what) as \(option.key): \(answer.summary)")
        try require(!answer.message.isEmpty, "\(what) as \(option.key): no message")
      }
      try attempt("/nonexistent/model.bin", "an absent file", mayWork: false)
      guard option.kind == .file else { continue }
      let folder = try ScratchFolder()
      try attempt(folder.write("empty", []), "an empty file", mayWork: true)
      var random = SplitMix64(seed: subject.seed)
      let bytes = (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      try attempt(folder.write("random", bytes), "a file of random bytes", mayWork: true)
      if let model = given.first(where: { $0.key == option.key }),
        let whole = fileBytes(model.value)
      {
        let half = try folder.write("half", Array(whole.prefix(whole.count / 2)))
        let (_, answer) = try subject.create(
          given.filter { $0.key != option.key } + [PluginOption(key: option.key, value: half)])
        // Half of a text file may be a whole model.
        try require(
          [TX_OK, TX_E_MODEL].contains(answer.code), "half of the model: \(answer.summary)")
      }
    }
    return Verdict(remarks: remarks)
  }

  static let infoValid = Check(
    14, "info-valid", level: 1, "labels, kinds, flags and limits are what the header allows"
  ) { subject in
    let model = try subject.open()
    let info = try model.info()
    let again = try model.info()
    try require(info.pointer == again.pointer, "info answers another table when asked again")
    let outputs = Int(info[\.outputs] ?? 0)
    try require(outputs > 0, "it has no outputs")
    guard let table = info[\.labels] else { throw Violation("it has no labels") }
    var seen: Set<String> = []
    for index in 0..<outputs {
      let label = try string(table[index], "label \(index)")
      try require(seen.insert(label).inserted, "the label \"\(label)\" occurs twice")
    }
    if let languages = info[\.languages] {
      var index = 0
      while let tag = languages[index] {
        _ = try string(tag, "language \(index)")
        index += 1
        try require(index < 10_000, "its list of languages has no end")
      }
    }
    if let id = info[\.model_id] { _ = try string(id, "its model id") }
    let kind = Int(info[\.output_kind] ?? 0)
    try require(
      (TX_OUT_PROBABILITY...TX_OUT_MARGIN).contains(kind), "output kind \(kind) is unknown")
    let threading = Int(info[\.threading] ?? 0)
    try require(
      [TX_THREADS_PER_INSTANCE, TX_THREADS_CONCURRENT].contains(threading),
      "threading \(threading) is unknown")
    let isNewer = try subject.library()[\.abi_minor] ?? 0 > TX_ABI_MINOR
    let flags = Int(info[\.flags] ?? 0)
    let knownFlags =
      TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT | TX_TRUNCATES | TX_ABORTS_ON_OOM
    try require(isNewer || flags & ~knownFlags == 0, "flags \(flags) have unknown bits")
    try require(isNewer || info[\.reserved] ?? 0 == 0, "its reserved field is not 0")
    let (preferred, most) = (info[\.preferred_batch] ?? 0, info[\.max_batch] ?? 0)
    try require(
      most == 0 || preferred <= most, "it prefers batches of \(preferred) and takes up to \(most)")
    let tolerance = info[\.tolerance] ?? 0
    try require(tolerance.isFinite && tolerance >= 0, "its tolerance is \(tolerance)")
    return .pass
  }

  private static func string(_ pointer: UnsafePointer<CChar>?, _ what: String) throws -> String {
    guard let pointer else { throw Violation("\(what) is NULL") }
    let bytes = UnsafeRawBufferPointer(start: pointer, count: strnlen(pointer, 1 << 16))
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Violation("\(what) is not UTF-8")
    }
    try require(!text.isEmpty, "\(what) is empty")
    return text
  }
}

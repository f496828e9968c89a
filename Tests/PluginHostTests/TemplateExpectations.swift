import CTextExplain
import Classification
import PluginHost
import Testing
import _TestSupport

/// Sees to it that a template does what every template does, and keeps the rules of the header.
struct TemplateExpectations {
  let path: String
  let name: String

  private func open(_ options: [String] = []) throws -> PluginClassifier {
    try PluginClassifier.open(
      path, options: options.map { try PluginOption(parsing: $0) }, environment: Fixture.environment
    )
  }

  func expectAll() throws {
    try expectScores()
    try expectOptions()
    try expectOptionErrors()
    for stride in [2, 3, 9] { try expectPadding(stride: stride) }
    try expectLimits()
    try expectOneExport()
  }

  /// The probability of praise is (1 + praise) / (2 + praise + complaints).
  private func expectScores() throws {
    let classifier = try open()
    #expect(classifier.description.id == "org.example.\(name)")
    #expect(classifier.description.name == name)
    #expect(classifier.description.labels == ["negative", "positive"])
    #expect(classifier.description.outputKind == .probability)
    #expect(classifier.description.isBatchInvariant)
    let cases: [(text: String, praise: Double, complaints: Double)] = [
      ("", 0, 0), ("nothing", 0, 0), ("good", 1, 0), ("Good, GREAT; love!", 3, 0), ("bad", 0, 1),
      ("good\0bad", 1, 1), ("goodness", 0, 0), ("not good-bad", 1, 1), ("a", 0, 0), ("goo", 0, 0),
      ("good ", 1, 0), (" good", 1, 0), ("好good好", 1, 0), ("[good]`hate@", 1, 1),
      ("excellent poor terrible", 1, 2),
    ]
    let scores = try classifier.scores(of: TextBatch(cases.map(\.text)))
    for (row, (text, praise, complaints)) in cases.enumerated() {
      let expected = (1 + praise) / (2 + praise + complaints)
      #expect(scores.values[2 * row + 1] == expected, "\(text)")
      #expect(scores.values[2 * row] == 1 - expected)
    }
  }

  /// Its option decides on case, and nothing else is accepted.
  private func expectOptions() throws {
    #expect(try open(["ignore-case=no"]).scores(of: TextBatch(["GOOD"])).values == [0.5, 0.5])
    #expect(try open(["ignore-case=yes"]).scores(of: TextBatch(["GOOD"])).values[1] == 2.0 / 3)
    expect(.invalidOption, saying: "\"case\"", "ignore-case") { _ = try open(["case=1"]) }
  }

  /// Its own check of options names the key, in whatever room there is.
  private func expectOptionErrors() throws {
    let raw = try RawPlugin(path)
    let whole = raw.create(["né=1"], errorCapacity: 200)
    #expect(whole.code == TX_E_OPTION)
    #expect(whole.message.contains("né"))
    for capacity in 0...40 {
      let answer = raw.create(["né=1"], errorCapacity: capacity)
      #expect(answer.code == TX_E_OPTION)
      #expect(whole.message.hasPrefix(answer.message), "\(answer.message)")
      #expect(min(capacity, whole.message.utf8.count) - answer.message.utf8.count <= 1)
      #expect(answer.roomBehindIsUntouched)
    }
    for options in [
      ["ignore-case=maybe"], ["ignore-case="], ["ignore-case=true\0"],
      ["ignore-case=true", "ignore-case=true"],
    ] {
      let answer = raw.create(options, errorCapacity: 200)
      #expect(answer.code == TX_E_OPTION)
      #expect(answer.message.contains("ignore-case"), "\(answer.message)")
      #expect(raw.create(options, errorCapacity: nil).code == TX_E_OPTION)
    }
    #expect(raw.create([], errorCapacity: nil).code == TX_OK)
  }

  /// Rows are written at the stride, and the padding is left alone.
  private func expectPadding(stride: Int) throws {
    let scores = try RawPlugin(path).predict(["good", "", "bad"], outputs: 2, stride: stride)
    let rows = [[1 - 2.0 / 3, 2.0 / 3], [0.5, 0.5], [1 - 1.0 / 3, 1.0 / 3]]
    let padding = Array(repeating: RawPlugin.canary, count: stride - 2)
    #expect(scores == rows.flatMap { $0 + padding })
  }

  /// It stops when it is told to, and refuses what it could not score in time.
  private func expectLimits() throws {
    let raw = try RawPlugin(path)
    var call = tx_call()
    call.size = UInt32(MemoryLayout<tx_call>.size)
    #expect(try raw.code(of: "good", call: call) == TX_OK)
    call.should_stop = { _ in 1 }
    #expect(try raw.code(of: "good", call: call) == TX_E_CANCELLED)
    call.size = 8
    #expect(try raw.code(of: "good", call: call) == TX_OK)
    call = tx_call()
    call.size = UInt32(MemoryLayout<tx_call>.size)
    call.deadline_ns = 1
    #expect(try raw.code(of: "good", call: call) == TX_E_DEADLINE)
    call.deadline_ns = .max
    #expect(try raw.code(of: "good", call: call) == TX_OK)
    let limit = try open().description.maximumTextBytes
    #expect(limit > 0)
    let longest = String(repeating: "x", count: limit)
    #expect(try raw.code(of: longest, call: call) == TX_OK)
    #expect(try raw.code(of: longest + "x", call: call) == TX_E_TOO_LONG)
  }

  /// It exports one symbol; lower-case letters in nm's list are local symbols.
  private func expectOneExport() throws {
    let result = try runProgram(
      "/usr/bin/env", arguments: ["nm", "-D", "--defined-only", path].map { Array($0.utf8) })
    let symbols = result.output.split(separator: "\n").map { $0.split(separator: " ") }
      .filter { $0.count == 3 && $0[1].allSatisfy(\.isUppercase) }.map { $0[2] }
    #expect(symbols == ["textexplain_plugin_v1"])
  }
}

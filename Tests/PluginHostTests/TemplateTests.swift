import CTextExplain
import Classification
import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("The C template")
struct TemplateTests {
  private static let source = Repository.path("Plugins/templates/c/keywords.c")

  private func open(_ options: [String] = []) throws -> PluginClassifier {
    try PluginClassifier.open(
      try CCompiler.library(from: Self.source),
      options: options.map { try PluginOption(parsing: $0) }, environment: Fixture.environment)
  }

  @Test("the probability of praise is (1 + praise) / (2 + praise + complaints)")
  func scores() throws {
    let classifier = try open()
    #expect(classifier.description.labels == ["negative", "positive"])
    #expect(classifier.description.outputKind == .probability)
    let cases: [(text: String, praise: Double, complaints: Double)] = [
      ("", 0, 0), ("nothing", 0, 0), ("good", 1, 0), ("Good, GREAT; love!", 3, 0), ("bad", 0, 1),
      ("good\0bad", 1, 1), ("goodness", 0, 0), ("not good-bad", 1, 1), ("a", 0, 0), ("goo", 0, 0),
      ("good ", 1, 0), (" good", 1, 0), ("好good好", 1, 0),
    ]
    let scores = try classifier.scores(of: TextBatch(cases.map(\.text)))
    for (row, (text, praise, complaints)) in cases.enumerated() {
      let expected = (1 + praise) / (2 + praise + complaints)
      #expect(scores.values[2 * row + 1] == expected, "\(text)")
      #expect(scores.values[2 * row] == 1 - expected)
    }
  }

  @Test("its option decides on case, and nothing else is accepted")
  func option() throws {
    #expect(try open(["ignore-case=no"]).scores(of: TextBatch(["GOOD"])).values == [0.5, 0.5])
    #expect(try open(["ignore-case=yes"]).scores(of: TextBatch(["GOOD"])).values[1] == 2.0 / 3)
    expect(.invalidOption, saying: "\"case\"", "ignore-case") { _ = try open(["case=1"]) }
  }

  @Test("its own check of options names the key, in whatever room there is")
  func optionErrors() throws {
    let raw = try RawPlugin(CCompiler.library(from: Self.source))
    for capacity in [0, 1, 7, 16, 17, 18, 19, 100] {
      let answer = raw.create(["né=1"], errorCapacity: capacity)
      #expect(answer.code == TX_E_OPTION)
      let whole = "unknown option: né"
      let kept = capacity == 18 ? 17 : min(capacity, whole.utf8.count)
      #expect(answer.message == String(decoding: Array(whole.utf8)[..<kept], as: UTF8.self))
      #expect(answer.roomBehindIsUntouched)
    }
    #expect(raw.create(["ignore-case=maybe"], errorCapacity: 100).message.contains("ignore-case"))
    #expect(raw.create(["ignore-case=maybe"], errorCapacity: nil).code == TX_E_OPTION)
    #expect(raw.create([], errorCapacity: nil).code == TX_OK)
  }

  @Test("rows are written at the stride, and the padding is left alone", arguments: [2, 3, 9])
  func stride(stride: Int) throws {
    let raw = try RawPlugin(CCompiler.library(from: Self.source))
    let scores = try raw.predict(["good", "", "bad"], outputs: 2, stride: stride)
    let rows = [[1 - 2.0 / 3, 2.0 / 3], [0.5, 0.5], [1 - 1.0 / 3, 1.0 / 3]]
    let padding = Array(repeating: RawPlugin.canary, count: stride - 2)
    #expect(scores == rows.flatMap { $0 + padding })
  }

  @Test("it exports one symbol")
  func exports() throws {
    let path = try CCompiler.library(from: Self.source)
    let result = try runProgram(
      "/usr/bin/env", arguments: ["nm", "-D", "--defined-only", path].map { Array($0.utf8) })
    let symbols = result.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
    #expect(symbols == ["textexplain_plugin_v1"])
  }

  @Test("a copy of the folder builds with make, and the plugin is found by its name")
  func makefile() throws {
    let folder = try TemporaryFolder()
    for file in ["keywords.c", "Makefile"] {
      try folder.write(file, folder.bytes(of: Repository.path("Plugins/templates/c/" + file)))
    }
    let include = "INCLUDE=" + Repository.path("Sources/CTextExplain/include")
    let result = try runProgram(
      "/usr/bin/make", arguments: [include].map { Array($0.utf8) }, workingDirectory: folder.path)
    #expect(result.ending == .exit(0), "\(result.errors)")
    var environment = Fixture.environment
    environment.pluginDirectories = [folder.path]
    let classifier = try PluginClassifier.open("keywords", environment: environment)
    #expect(classifier.description.id == "org.example.keywords")
  }
}

import CTextExplain
import PluginHost
import Testing
import _TestSupport

@Suite("PluginLibrary")
struct PluginLibraryTests {
  private func load(_ source: String, _ defines: [String: String] = [:]) throws -> PluginLibrary {
    try PluginLibrary(loading: PluginFile(checking: CCompiler.plugin(source, defines)))
  }

  @Test("the descriptor is read in full")
  func descriptor() throws {
    let library = try load("variant.c")
    #expect(library.contractMinor == 7)
    #expect(library.classifiers.count == 1)
    let classifier = try #require(library.classifiers.first)
    #expect(classifier.id == "org.example.variant")
    #expect(classifier.name == "variant")
    #expect(classifier.version == "1.2.3")
    #expect(classifier.vendor == "Example")
    #expect(classifier.license == "MIT")
    #expect(classifier.summary == "a test")
    #expect(classifier.url == nil)
    #expect(classifier.options.isEmpty)
  }

  @Test("declared options are read in full")
  func options() throws {
    let options = try #require(load("options.c", ["NEEDED": ""]).classifiers.first).options
    #expect(
      options.map(\.key)
        == ["word", "count", "ratio", "flag", "colour", "model", "data", "later", "needed"])
    #expect(
      options.map(\.kind) == [
        .string, .integer, .number, .boolean, .choice(["red", "green"]), .file, .directory,
        .unknown(99), .string,
      ])
    #expect(options.map(\.defaultValue) == ["", "1", "0.5", "false", "red", "", "", "", nil])
    #expect(options.filter(\.isRequired).map(\.key) == ["needed"])
    #expect(options[2].documentation == "")
    #expect(options[1].documentation == "how many")
  }

  @Test("a plugin that cannot serve us is quoted")
  func refusal() throws {
    expect(.refused, saying: "needs a newer host\\n", "1.7", "1.0") {
      _ = try load(
        "variant.c", ["REFUSAL": "\"needs a newer host\\n\"", "CLASSIFIER_COUNT": "0"])
    }
  }

  @Test("a library without the entry is no plugin, one of another version is named")
  func entry() throws {
    expect(.notAPlugin, saying: "does not export textexplain_plugin_v1") {
      _ = try load("variant.c", ["ENTRY": "some_function"])
    }
    expect(.notAPlugin, saying: "has textexplain_plugin_v2 but not textexplain_plugin_v1") {
      _ = try load("variant.c", ["ENTRY": "textexplain_plugin_v2"])
    }
  }

  @Test("what the loader cannot resolve is named")
  func unresolved() throws {
    let folder = try TemporaryFolder()
    let source = try folder.write(
      "unresolved.c",
      """
      #include "textexplain_plugin.h"
      extern const tx_library *made_elsewhere(void);
      TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t minor) { (void)minor; return made_elsewhere(); }
      """)
    let path = try CCompiler.library(from: source)
    expect(.notLoadable, saying: "undefined symbol: made_elsewhere", "ldd") {
      _ = try PluginLibrary(loading: PluginFile(checking: path))
    }
  }

  @Test(
    "a breach of the contract is named",
    arguments: [
      (["LIBRARY": "NULL"], "textexplain_plugin_v1 answers null"),
      (["CLASSIFIER_COUNT": "0"], "no classifier"),
      (["CLASSIFIER": "NULL"], "classifier 0 is missing"),
      (["ID": "NULL"], "id is missing"),
      (["ID": "\"\""], "id is empty"),
      (["ID": "\"Org.Example\""], "other than a-z"),
      (["NAME": "\"\""], "name is empty"),
      (["NAME": "\"caf\\xe9\""], "name is not UTF-8: \"caf\u{fffd}\""),
      (["VERSION": "NULL"], "version is missing"),
      (["PREDICT": "NULL"], "predict is missing"),
      (["CLASSIFIER_SIZE": "offsetof(tx_classifier, predict)"], "predict is missing"),
      (["CLASSIFIER_SIZE": "4"], "id is missing"),
    ] as [([String: String], String)])
  func breach(defines: [String: String], message: String) throws {
    expect(.notAPlugin, saying: "breaks the contract", message) {
      _ = try load("variant.c", defines)
    }
  }

  @Test("options declared wrongly")
  func badOptions() throws {
    expect(.notAPlugin, saying: "choices of option \"colour\"") {
      _ = try load("options.c", ["NO_CHOICES": ""])
    }
    expect(.notAPlugin, saying: "\"word\" is declared twice") {
      _ = try load("options.c", ["CLASHING": ""])
    }
  }

  @Test("every category of error has its codes")
  func categories() {
    let expected: [PluginError.Code: PluginError.Category] = [
      .invalidName: .usage, .invalidOption: .usage, .unusableModel: .input,
      .notFound: .unavailable, .unsafeFile: .unavailable, .notLoadable: .unavailable,
      .notAPlugin: .unavailable, .refused: .unavailable, .openFailed: .failed,
      .needsPermission: .unavailable, .workerUnavailable: .unavailable, .crashed: .failed,
      .invalidCommand: .usage, .programNotFound: .unavailable,
      .programNotExecutable: .unavailable, .programFailed: .failed,
    ]
    for code in PluginError.Code.allCases {
      #expect(PluginError(code, "").category == expected[code])
    }
  }
}

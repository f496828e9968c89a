import PluginHost
import Testing
import _TestSupport

@Suite("Plugin options")
struct PluginOptionTests {
  /// What `options.c` is handed.
  private func handedOver(_ options: [String], _ defines: [String: String] = [:]) throws -> [String]
  {
    let log = PluginLogRecorder()
    _ = try Fixture.open("options.c", defines, options: options, log: log)
    return log.texts
  }

  @Test("KEY=VALUE is cut at the first equals sign, byte by byte")
  func parsing() throws {
    #expect(try PluginOption(parsing: "a=b=c") == PluginOption(key: "a", value: "b=c"))
    #expect(try PluginOption(parsing: "a=") == PluginOption(key: "a", value: ""))
    // A combining mark after the sign joins it to one Character.
    #expect(try PluginOption(parsing: "a=\u{301}x") == PluginOption(key: "a", value: "\u{301}x"))
    for wrong in ["", "a", "=b"] {
      expect(.invalidOption, saying: "\"\(wrong)\"", "KEY=VALUE") {
        _ = try PluginOption(parsing: wrong)
      }
    }
  }

  @Test("values are handed over in canonical spelling, in the order given, without defaults")
  func canonical() throws {
    #expect(try handedOver([]) == [])
    let given = [
      "word=", "count=+007", "ratio=1E3", "flag=yes", "colour=green", "model=../m.bin", "data=~/d/",
    ]
    #expect(
      try handedOver(given) == [
        "word=", "count=7", "ratio=1000.0", "flag=true", "colour=green", "model=/here/../m.bin",
        "data=/home/reader/d",
      ])
    #expect(try handedOver(given.reversed()).first == "data=/home/reader/d")
    #expect(try handedOver(["word=grüße\tdich=x"]) == ["word=grüße\tdich=x"])
  }

  @Test(
    "spellings that are accepted",
    arguments: [
      ("count=-9223372036854775808", "count=-9223372036854775808"),
      ("ratio=-.5", "ratio=-0.5"), ("ratio=3", "ratio=3.0"), ("ratio=1e-7", "ratio=1e-07"),
      ("flag=true", "flag=true"), ("flag=on", "flag=true"), ("flag=1", "flag=true"),
      ("flag=false", "flag=false"), ("flag=no", "flag=false"), ("flag=off", "flag=false"),
      ("flag=0", "flag=false"), ("model=/a//b/./c", "model=/a/b/c"), ("data=.", "data=/here"),
      ("model=~", "model=/home/reader"), ("model=~user/x", "model=/here/~user/x"),
    ])
  func accepted(given: String, handed: String) throws {
    #expect(try handedOver([given]) == [handed])
  }

  @Test(
    "values that are refused, with what was expected",
    arguments: [
      ("count=1.5", "an integer"), ("count=", "an integer"), ("count= 1", "an integer"),
      ("count=9223372036854775808", "an integer"), ("ratio=nan", "finite decimal"),
      ("ratio=inf", "finite decimal"), ("ratio=1e999", "finite decimal"),
      ("ratio=0x10", "finite decimal"), ("ratio=1,5", "finite decimal"),
      ("ratio=", "finite decimal"),
      ("flag=maybe", "true or false"), ("flag=", "true or false"),
      ("colour=blue", "one of red, green"),
      ("model=", "a path"), ("data=", "a path"), ("later=1", "does not know"),
    ])
  func refused(given: String, expected: String) throws {
    let key = given.prefix { $0 != "=" }
    expect(.invalidOption, saying: "\"\(key)\"", expected) { _ = try handedOver([given]) }
  }

  @Test("an unknown key lists the known ones, a doubled one is refused")
  func keys() throws {
    expect(
      .invalidOption, saying: "no option \"wrod\"",
      "word, count, ratio, flag, colour, model, data, later"
    ) { _ = try handedOver(["wrod=x"]) }
    expect(.invalidOption, saying: "\"word\" is given twice") {
      _ = try handedOver(["word=a", "word=a"])
    }
    expect(.invalidOption, saying: "no option \"x\"", "takes no options") {
      _ = try Fixture.open("variant.c", options: ["x=1"])
    }
  }

  @Test("a required option is asked for")
  func required() throws {
    expect(.invalidOption, saying: "needs the option \"needed\"") {
      _ = try handedOver(["word=a"], ["NEEDED": ""])
    }
    #expect(try handedOver(["needed="], ["NEEDED": ""]) == ["needed="])
  }

  @Test("without a home, a tilde is a name like any other")
  func homeless() throws {
    let log = PluginLogRecorder()
    let environment = PluginSearchEnvironment(workingDirectory: "/here")
    _ = try Fixture.open(
      "options.c", options: ["model=~/x"], environment: environment, log: log)
    #expect(log.texts == ["model=/here/~/x"])
  }
}

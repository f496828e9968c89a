import Classification
import PluginHost
import Testing
import _TestSupport

@Suite("A plugin's own tokens")
struct PluginTokenizerTests {
  @Test(
    "the ranges are those that the plugin finds, in this process and in a worker",
    arguments: [
      ("abcd é好x y", [0..<2, 2..<4, 5..<10, 10..<11, 12..<13]), ("", []), ("   ", []),
      ("a\u{0}b", [0..<2, 2..<3]),
    ] as [(String, [Range<Int>])])
  func ranges(text: String, expected: [Range<Int>]) throws {
    let text = Array(text.utf8)
    #expect(try Fixture.open("tokens.c").tokens(of: text) == expected)
    #expect(try Hostile.inWorker(try CCompiler.plugin("tokens.c")).tokens(of: text) == expected)
  }

  @Test("none without the extension, and none of a text that the plugin declines")
  func none() throws {
    #expect(try Fixture.variant().tokens(of: [97]) == nil)
    #expect(try Hostile.open().tokens(of: [97]) == nil)
    let declining = ["TOKENIZE_CODE": "TX_E_UNSUPPORTED"]
    #expect(try Fixture.open("tokens.c", declining).tokens(of: [97]) == nil)
    let there = try Hostile.inWorker(try CCompiler.plugin("tokens.c", declining))
    #expect(try there.tokens(of: [97]) == nil)
  }

  @Test(
    "tokens that overlap, leave the text or cut a character, and a failure, are errors alike",
    arguments: [
      (["SHIFT": "1"], "abcd", "tokens overlap"), (["SHIFT": "1"], "ab", "leave the text"),
      (["SHIFT": "-1"], "aé", "cut a character"), (["TOKENIZE": "NULL"], "a", "lacks a function"),
      (["TOKENIZE_CODE": "TX_E_INTERNAL"], "a", "why"),
    ] as [([String: String], String, String)])
  func wrong(defines: [String: String], text: String, reason: String) throws {
    let text = Array(text.utf8)
    let here = try Fixture.open("tokens.c", defines)
    let error = #expect(throws: ClassifierError.self) { _ = try here.tokens(of: text) }
    #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.message.contains("finding the tokens of the text \"a") == true)
    let there = try Hostile.inWorker(try CCompiler.plugin("tokens.c", defines))
    #expect(#expect(throws: ClassifierError.self) { _ = try there.tokens(of: text) } == error)
    // The worker is as good as before.
    #expect(try there.scores(of: TextBatch(["a"])).values == [97])
  }

  @Test("tokens forged in the worker's name do not get past the host")
  func forged() throws {
    let plugin = try CCompiler.plugin("tokens.c", ["LIE": "1"])
    #expect(try Hostile.inWorker(plugin).tokens(of: Array("ab".utf8)) == [0..<1])
    let there = try Hostile.inWorker(plugin)
    expect(
      ClassifierError.Code.crashed, saying: "tokens do not fit the text",
      "finding the tokens of the text \"é"
    ) {
      _ = try there.tokens(of: Array("éé".utf8))
    }
    #expect(try there.scores(of: TextBatch(["a"])).values == [97])
  }
}

import PluginHost
import Testing
import _TestSupport

@Suite("Words of a command")
struct CommandWordsTests {
  @Test(
    "are split as by a shell",
    arguments: [
      ("a", ["a"]), ("  a\tb  c  ", ["a", "b", "c"]), ("a 'b c' d", ["a", "b c", "d"]),
      ("a \"b c\" d", ["a", "b c", "d"]), ("a''b", ["ab"]), ("a '' b", ["a", "", "b"]),
      ("a \"\"", ["a", ""]), ("a'b'\"c\"d", ["abcd"]), ("a\\ b", ["a b"]), ("a \\'b", ["a", "'b"]),
      ("'a\\b'", ["a\\b"]), ("\"a\\b\"", ["a\\b"]), ("\"a\\\"b\"", ["a\"b"]),
      ("\"a\\\\b\"", ["a\\b"]), ("\"a\\$b\\`c\"", ["a$b`c"]), ("a\\\nb", ["ab"]),
      ("\"a\\\nb\"", ["ab"]), ("'a\nb'", ["a\nb"]), ("a \\\n b", ["a", "b"]),
      ("'it'\\''s'", ["it's"]), ("é 'ü\u{301} 👩‍👩‍👧'", ["é", "ü\u{301} 👩‍👩‍👧"]),
      ("e'\u{301}'", ["e\u{301}"]),
    ])
  func quotes(command: String, words: [String]) throws {
    #expect(try CommandWords.split(command) == words)
    #expect(try shell(command) == words)
  }

  @Test(
    "nothing is expanded",
    arguments: [
      ("a $HOME ~ * ?", ["a", "$HOME", "~", "*", "?"]), ("a \"$HOME\"", ["a", "$HOME"]),
      ("a `b` $(c)", ["a", "`b`", "$(c)"]), ("a|b c>d;e&f 2", ["a|b", "c>d;e&f", "2"]),
      ("a\nb", ["a", "b"]),
      ("a 2'>'b 'c;' d\\;", ["a", "2>b", "c;", "d;"]),
      ("#a {b,c} !d", ["#a", "{b,c}", "!d"]), ("a '|' \\> \";\"", ["a", "|", ">", ";"]),
    ])
  func literal(command: String, words: [String]) throws {
    #expect(try CommandWords.split(command) == words)
  }

  @Test(
    "what is left open is a usage error, and so is what names nothing",
    arguments: [
      ("a 2>/dev/null", "the word 2>/dev/null"), ("a; b", "the word a;"), ("a 12<b", "12<b"),
      ("a b&", "the word b&"), ("a 2>'b c'", "the word 2>b c"), ("'a b'; c", "the word a b;"),
      ("a &>b", "&>b"), ("a <b", "<b"), ("a 'b", "has a '"),
      ("a \"b", "has a \""), ("a \"b\\", "has a \""), ("a \\", "backslash"),
      ("", "names no program"), (" \t\n", "names no program"), ("'' a", "names no program"),
      ("a\0b", "U+0000"), ("\"a\0b\"", "has a \""), ("a | b", "the word |"), ("a >", "the word >"),
      ("a && b", "the word &&"), ("a ;", "the word ;"), ("| a", "the word |"),
    ])
  func open(command: String, what: String) throws {
    let error = try #require(throws: PluginError.self) { try CommandWords.split(command) }
    #expect(error.code == .invalidCommand && error.category == .usage)
    #expect(error.message.contains(what) && error.help != nil)
  }

  @Test(
    "a program is called by its file's name, or its script's",
    arguments: [
      ("/usr/bin/classify --fast", "classify"), ("python3 models/toxic.py x", "toxic.py"),
      ("/venv/bin/python3.12 toxic.py", "toxic.py"), ("python3 -u toxic.py", "python3"),
      ("sh -c 'exit 1'", "sh"), ("python3", "python3"), ("./a/", "./a/"), ("shell x", "shell"),
    ])
  func names(command: String, name: String) throws {
    #expect(try ProgramCommand(command).name == name)
  }

  /// The words that a shell makes of it.
  private func shell(_ command: String) throws -> [String] {
    let script = "printf '%s\\0' \(command)"
    let result = try runProgram("/bin/sh", arguments: ["-c", script].map { Array($0.utf8) })
    return result.stdout.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

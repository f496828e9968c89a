import ExplanationModel
import Testing
import _TestSupport

@Suite("Text given to the command")
struct TextInputTests {
  private let json = ["--plugin", "sentiment.so", "--format", "json"]

  @Test("an argument, standard input, a dash and a file mean the same text")
  func sources() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("review.txt", "a great film\n")
    let argument = try runTool(["a great film"] + json)
    #expect(try document(argument).text == "a great film")
    for result in [
      try runTool(json, stdin: Array("a great film\n".utf8)),
      try runTool(["-"] + json, stdin: Array("a great film\r\n".utf8)),
      try runTool(["--file", file] + json),
    ] {
      #expect(result.stdout == argument.stdout)
    }
  }

  @Test("only one final line end is taken off")
  func finalLineEnd() throws {
    let result = try runTool(json, stdin: Array("good\n\n".utf8))
    #expect(try document(result).text == "good\n")
  }

  @Test("a byte order mark is no part of a file's text, or of standard input's")
  func byteOrderMark() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("review.txt", "\u{FEFF}great film\n")
    let plain = try runTool(["great film"] + json)
    for result in [
      try runTool(json + ["--file", file]),
      try runTool(json, stdin: Array("\u{FEFF}great film".utf8)),
      try runTool(json + ["--lossy", "--file", file]),
    ] {
      #expect(result.stdout == plain.stdout)
      #expect(result.errors.contains("begins with a byte order mark"))
    }
    // The second one is text.
    let doubled = try runTool(json, stdin: Array("\u{FEFF}\u{FEFF}good".utf8))
    #expect(try document(doubled).text == "\u{FEFF}good")
    #expect(try document(runTool(json, stdin: [0xEF, 0xBB, 0xBF])).text.isEmpty)
  }

  @Test("text that begins with a dash stands behind two dashes")
  func dash() throws {
    let result = try runTool(json + ["--", "-5 degrees, terrible"])
    #expect(try document(result).text == "-5 degrees, terrible")
    expectFailure(
      try runTool(["-5 degrees"] + json), 64, error: "-5", help: "put -- before a text")
  }

  @Test("a subcommand's name is explained as a text behind the subcommand")
  func subcommandName() throws {
    #expect(try document(runTool(["explain", "schema"] + json)).text == "schema")
  }

  @Test("a text without quotes is met with advice")
  func quotes() throws {
    expectFailure(
      try runTool(["good", "film"] + json), 64, error: "unexpected argument 'film'", help: "quotes")
  }

  @Test("a text that names a file is explained, with a warning")
  func fileName() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("review.txt", "good")
    let result = try runTool([file] + json)
    #expect(try document(result).text == file)
    #expect(result.errors.contains("did you mean --file?"))
    #expect(try runTool([file, "--quiet"] + json).errors.isEmpty)
  }

  @Test("nothing to explain is no error", arguments: ["", "   ", "!!! ...", "\n"])
  func nothing(_ text: String) throws {
    let result = try runTool(["-"] + json, stdin: Array(text.utf8))
    let document = try document(result)
    #expect(document.prediction.scores == [0.5, 0.5])
    let help = document.explanations[0].diagnostics[0].help
    #expect(help.contains("--tokens all") == text.contains("!"))
    #expect(document.explanations.allSatisfy { $0.attributions.isEmpty })
    #expect(document.explanations.allSatisfy { $0.diagnostics.map(\.code).contains(.noPlayers) })
    let shown = try runTool(["-", "--plugin", "sentiment.so"], stdin: Array(text.utf8))
    #expect(shown.ending == .exit(0))
    #expect(shown.output.contains("note: "))
  }

  @Test("a text may look like an option")
  func optionAsText() throws {
    let result = try runTool(["-"] + json, stdin: Array("--lossy".utf8))
    #expect(try document(result).text == "--lossy")
  }

  @Test("one word has one attribution")
  func oneWord() throws {
    let document = try document(sentiment("wonderful", "--format", "json"))
    #expect(document.explanations.map(\.attributions.count) == [1, 1])
    #expect(document.explanations[1].diagnostics.map(\.code) == [.fewPlayers])
  }

  @Test("invalid UTF-8 is refused with its byte offset, wherever it comes from")
  func invalidUTF8() throws {
    let bytes: [UInt8] = [0x67, 0x6F, 0xC3, 0xA9, 0xFF, 0x64]
    let folder = try TemporaryFolder()
    let file = try folder.write("bad.txt", bytes)
    let plugin = json.map { Array($0.utf8) }
    for result in [
      try runProgram(BuildProducts.tool, arguments: [bytes] + plugin),
      try runTool(json, stdin: bytes),
      try runTool(["--file", file] + json),
    ] {
      expectFailure(result, 65, error: "first invalid byte at offset 4", help: "--lossy")
    }
    for result in [
      try runProgram(BuildProducts.tool, arguments: [bytes, Array("--lossy".utf8)] + plugin),
      try runTool(json + ["--lossy"], stdin: bytes),
      try runTool(["--file", file, "--lossy"] + json),
    ] {
      let document = try document(result)
      #expect(document.text == "goé\u{FFFD}d")
      #expect(document.tokens.last?.utf8.upperBound == 8)
    }
  }

  @Test("NUL, escape sequences and bidi controls are kept in JSON and made visible in text")
  func controls() throws {
    let text = "good\u{0} \u{1B}[31mbad \u{202E}dab\u{202C} end"
    let result = try runTool(["-"] + json, stdin: Array(text.utf8))
    #expect(try document(result).text == text)
    #expect(!result.stdout.contains(0x1B) && !result.stdout.contains(0))
    for format in ["text", "ansi"] {
      let shown = try runTool(
        ["-", "--plugin", "sentiment.so", "--format", format], stdin: Array(text.utf8))
      #expect(shown.ending == .exit(0))
      #expect(!shown.output.contains("\u{1B}[31m"))
      #expect(!shown.output.contains("\u{202E}") && !shown.output.contains("\u{0}"))
    }
  }

  @Test("errors show control characters of the input as escapes")
  func controlsInErrors() throws {
    let result = try runTool(["x", "--plugin", "a\u{1B}[31m\u{202E}b"])
    #expect(result.ending == .exit(69))
    #expect(!result.errors.contains("\u{1B}") && !result.errors.contains("\u{202E}"))
  }

  @Test("a mebibyte of text goes by sentences, and is refused by words")
  func mebibyte() throws {
    let sentence = String(repeating: "the acting was good and the music was bad ", count: 3121)
    let text = (0..<8).map { "Part \($0) " + sentence + "." }.joined(separator: " ")
    #expect(text.utf8.count > 1 << 20)
    let input = Array(text.utf8)
    let bySentence = try document(
      runTool(json + ["--unit", "sentence"], stdin: input, timeLimit: 300))
    #expect(bySentence.tokens.count == 8)
    #expect(bySentence.explanations.allSatisfy { $0.attributions.count == 8 })
    expectFailure(
      try runTool(json, stdin: input), 65, error: "the most that one explanation handles is 2000",
      help: "--unit sentence")
  }

  @Test("a missing or unreadable file is named")
  func missingFile() throws {
    expectFailure(
      try runTool(["--file", "/nonexistent/review.txt"] + json), 65,
      error: "\"/nonexistent/review.txt\": No such file", help: "exists")
    expectFailure(try runTool(["--file", "/tmp"] + json), 65, error: "\"/tmp\"", help: "file")
    expectFailure(
      try runTool(["text", "--file", "x"] + json), 64, error: "both given", help: "one of them")
    // The value of an unknown option is no text.
    expectFailure(
      try runTool(["--file", "x", "--settel-top", "3"] + json), 64, error: "'--settel-top'",
      help: "--help")
  }
}

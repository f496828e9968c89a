import Foundation
import Testing
import _TestSupport

/// One way in which a program fails.
struct ProgramFaultCase: Sendable, CustomTestStringConvertible {
  let name: String
  let script: String
  var text = "a good film but far too long"
  var flags = ["--timeout", "20"]
  let error: String
  let help: String

  var testDescription: String { name }
}

@Suite("Programs that fail, from the command line")
struct ProgramFaultTests {
  /// A program that answers properly, but for what it does at one question.
  private static func serving(_ deed: String, at id: Int = 0) -> String {
    """
    greet()
    for question in questions():
        n = len(question["texts"])
        if question["id"] == \(id):
            \(deed)
        answer(question)
    """
  }

  private static let short = ["--timeout", "0.7"]

  private static let greetings: [ProgramFaultCase] = [
    .init(
      name: "a banner", script: "say('Loading \\x1b[31mmodel …')\ngreet()",
      error: "begins with a line that is not JSON: Loading \\u{1B}[31mmodel …",
      help: "{\"textexplain\": 1, \"labels\": [\"no\", \"yes\"], \"outputKind\": \"probability\"}"),
    .init(
      name: "an empty line", script: "say('')", error: "that is not JSON: an empty line",
      help: "first line"),
    .init(
      name: "JSON of another kind", script: "say('[1]')", error: "is not a JSON object: [1]",
      help: "first line"),
    .init(
      name: "no greeting", script: "say('{\"labels\": [\"a\"]}')",
      error: "begins with a line without \"textexplain\": {", help: "first line"),
    .init(
      name: "another version",
      script: "say('{\"textexplain\": 2, \"labels\": [\"a\"], \"outputKind\": \"x\"}')",
      error: "speaks version 2", help: "speaks version 1"),
    .init(
      name: "an unknown kind", script: "greet(kind='percent')", error: "\"outputKind\" is unknown",
      help: "probability, multilabel, logProbability, logit, regression, margin"),
    .init(
      name: "no labels", script: "greet([])", error: "\"labels\" will not do", help: "at least one"),
    .init(
      name: "an empty label", script: "greet(['a', ''])", error: "\"labels\" will not do",
      help: "empty"),
    .init(
      name: "a label twice", script: "greet(['a', 'a'])", error: "\"labels\" will not do",
      help: "twice"),
    .init(
      name: "a number as label", script: "greet(['a', 1])", error: "\"labels\"[1] is no string",
      help: "first line"),
    .init(
      name: "a batch of none", script: "greet(maxBatch=0)", error: "\"maxBatch\" is below 1",
      help: "leave it out"),
    .init(
      name: "a negative cost", script: "greet(typicalMilliseconds=-1)",
      error: "\"typicalMilliseconds\" is not in 0", help: "costs"),
    .init(
      name: "no line", script: "time.sleep(100)", flags: short,
      error: "took longer than 0.7 s while waiting for its first line", help: "flush"),
    .init(
      name: "an early end", script: "sys.exit('no model in /nowhere')",
      error: "ended with exit code 1 while waiting for its first line; "
        + "its last line on standard error: no model in /nowhere",
      help: "standard error"),
  ]

  private static let answers: [ProgramFaultCase] = [
    .init(
      name: "no JSON", script: serving("say('0.5 0.5'); continue"),
      error: "answered question 0 (1 text) with a line that is not JSON: 0.5 0.5",
      help: "for each text a list of 2 numbers"),
    .init(
      name: "no UTF-8",
      script: serving("os.write(1, b'{\"id\": 0, \"scores\": \"\\xff\"}\\n'); continue"),
      error: "that is not UTF-8", help: "the answer is"),
    .init(
      name: "U+0000", script: serving("os.write(1, b'{\\0\\n'); continue"),
      error: "that is not JSON: {\\u{0}", help: "the answer is"),
    .init(
      name: "the next question's id", script: serving("question['id'] += 1"),
      error: "that has the id 1: {\"id\": 1", help: "in the order of the questions"),
    .init(
      name: "an answer out of order", script: serving("question['id'] -= 1", at: 3),
      error: "answered question 3 (32 texts) with a line that has the id 2", help: "in the order"),
    .init(
      name: "no id", script: serving("say('{\"scores\": [[0, 1]]}'); continue"),
      error: "without \"id\"", help: "the answer is"),
    .init(
      name: "no scores", script: serving("say('{\"id\": 0}'); continue"),
      error: "without \"scores\"", help: "the answer is"),
    .init(
      name: "too few rows", script: serving("question['texts'].pop()", at: 2),
      error: "that has 31 rows of scores", help: "the answer is"),
    .init(
      name: "too many columns",
      script: serving("answer(question, lambda text: [0, 0, 1]); continue"),
      error: "whose row 0 has 3 scores instead of 2", help: "2 numbers, one a label"),
    .init(
      name: "NaN", script: serving("answer(question, lambda text: [float('nan'), 1]); continue"),
      error: "that has the score NaN: {", help: "finite"),
    .init(
      name: "infinity",
      script: serving("answer(question, lambda text: [0, -float('inf')]); continue"),
      error: "that has the score -Infinity: {", help: "finite"),
    .init(
      name: "null", script: serving("answer(question, lambda text: [0, None]); continue"),
      error: "that has the score null for label \"yes\" in row 0", help: "finite"),
    .init(
      name: "too large a number",
      script: serving("say('{\"id\": 0, \"scores\": [[0, 1e999]]}'); continue"), error: "1e999",
      help: ""),
    .init(
      name: "a string as score",
      script: serving("answer(question, lambda text: [0, '1']); continue"),
      error: "whose \"scores\"[0][1] is no number", help: "the answer is"),
    .init(
      name: "no distribution",
      script: serving("answer(question, lambda text: [0.75, 0.75]); continue"),
      error: "sum to 1.5 instead of 1", help: "multilabel"),
    .init(
      name: "its own error",
      script: serving("say(json.dumps({'id': 1, 'error': 'no \\x1b weights'})); continue", at: 1),
      error: "says that it cannot score: no \\u{1B} weights", help: "question 1"),
    .init(
      name: "a long line", script: serving("say('x' * 100000); continue"),
      error: "not JSON: " + String(repeating: "x", count: 200) + "…", help: "the answer is"),
    .init(
      name: "flags of other rows",
      script: serving("say('{\"id\": 0, \"scores\": [[0, 1]], \"truncated\": []}'); continue"),
      error: "whose \"truncated\" has 0 entries instead of 1", help: "the answer is"),
  ]

  private static let ends: [ProgramFaultCase] = [
    .init(
      name: "death at the third batch",
      script: serving("print('out of luck\\n', file=sys.stderr); sys.exit(7)", at: 2),
      error: "ended with exit code 7 while scoring 32 texts at once, the first \"",
      help: "standard error"),
    .init(
      name: "an end without a reason", script: serving("sys.exit(0)"),
      error: "ended with exit code 0 while scoring the text \"a good film but far too long\"",
      help: "until its standard input ends"),
    .init(
      name: "a signal at the third batch",
      script: serving("os.kill(os.getpid(), signal.SIGSEGV)", at: 2),
      error: "crashed with signal 11 (segmentation fault) while scoring 32 texts", help: ""),
    .init(
      name: "death while others hold its output",
      script: serving("subprocess.Popen(['sleep', '1000']); sys.exit(7)"),
      error: "ended with exit code 7", help: "standard error"),
    .init(
      name: "a hang", script: serving("time.sleep(100)"), flags: short,
      error: "took longer than 0.7 s while scoring the text", help: "print(…, flush=True)"),
    .init(
      name: "an answer that is not flushed", script: serving("print('{}'); time.sleep(100)"),
      flags: short, error: "took longer than 0.7 s", help: "flush"),
    .init(
      name: "half a line",
      script: serving("print('{\"id\": 0', end='', flush=True); time.sleep(100)"), flags: short,
      error:
        "took longer than 0.7 s while scoring the text \"a good film but far too long\": {\"id\": 0",
      help: "a line ends with a line feed"),
    .init(
      name: "never reading", script: "greet()\ntime.sleep(100)", flags: short,
      error: "has not read its standard input for 0.7 s", help: "--timeout"),
    .init(
      name: "never reading more than a pipe holds", script: "greet()\ntime.sleep(100)",
      text: String(repeating: "word ", count: 40_000), flags: short + ["--unit", "line"],
      error: "has not read its standard input for 0.7 s", help: "--timeout"),
    .init(
      name: "writing before reading",
      script: "greet()\nsys.stdout.write('x' * 5000000)\nsay('')\nfor q in questions(): answer(q)",
      text: String(repeating: "word ", count: 40_000), flags: ["--unit", "line"], error: "xxxxxxxx",
      help: "standard error"),
    .init(
      name: "a line without end",
      script: "greet()\nsys.stdin.readline()\nwhile True: os.write(1, b'x' * 65536)",
      error: "wrote more than 67108864 bytes in one line while scoring the text", help: "line feed"),
    .init(
      name: "two answers", script: serving("answer(question); time.sleep(0.3)", at: 1),
      error: "{\"id\": 1", help: ""),
    .init(
      name: "a closed output", script: serving("os.close(1); time.sleep(100)"),
      error: "closed its standard output while scoring the text", help: "stay open"),
    .init(
      name: "a closed input",
      script: "greet()\nos.close(0)\ntime.sleep(100)",
      text: String(repeating: "word ", count: 40_000), flags: ["--unit", "line"],
      error: "closed its standard input while scoring the text", help: "one line after the other"),
  ]

  @Test(
    "each failure has its words, with the line in question, and exit code 70",
    arguments: greetings + answers + ends)
  func fault(_ fault: ProgramFaultCase) throws {
    let program = try TestProgram(fault.script)
    let result = try runTool(
      ["--program", program.command] + fault.flags, stdin: Array(fault.text.utf8))
    expectFailure(result, 70, error: fault.error, help: fault.help)
    let complaint = Complaint(result)
    #expect(complaint.error.contains("\"classify.py\""))
    #expect(complaint.error.utf8.count < 600)
    #expect(!result.stderr.contains(0x1B))
    #expect(!complaint.help.isEmpty)
  }

  @Test("the last words of a program that died are told")
  func lastWords() throws {
    let program = try TestProgram(Self.serving("raise ValueError('no such word')", at: 2))
    let result = try program.explain()
    expectFailure(
      result, 70, error: "; its last line on standard error: ValueError: no such word", help: "")
    let quiet = try program.explain("a good film but far too long", "--quiet")
    #expect(Complaint(quiet).error == Complaint(result).error)
  }

  @Test("where NDJSON is asked for, the failure is a record")
  func record() throws {
    let program = try TestProgram(Self.serving("say('what?')"))
    let result = try program.explain("x", "--format", "ndjson")
    #expect(result.ending == .exit(70))
    #expect(
      result.output.hasPrefix("{\"schemaVersion\":\"1\",\"error\":{\"code\":\"classifier-crashed\"")
    )
    #expect(result.output.contains("not JSON: what?"))
  }
}

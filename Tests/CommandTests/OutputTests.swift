import ExplanationModel
import Foundation
import Testing
import _TestSupport

@Suite("Output of the command")
struct OutputTests {
  private let text = "a great film with terrible music"
  private var plugin: [String] { [text, "--plugin", "sentiment.so"] }

  @Test("NDJSON is the same document on one line")
  func ndjson() throws {
    let pretty = try runTool(plugin + ["--format", "json"])
    let line = try runTool(plugin + ["--format", "ndjson"])
    #expect(try document(pretty) == document(line))
    #expect(line.stdout.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    #expect(line.stdout.last == UInt8(ascii: "\n"))
  }

  @Test("an error is a record in NDJSON too, and keeps its exit code")
  func errorRecord() throws {
    let result = try runTool(
      ["-", "--plugin", "sentiment.so", "--format", "ndjson"], stdin: [0x61, 0xFF])
    #expect(result.ending == .exit(65))
    let record = try JSONDecoder().decode(ErrorRecord.self, from: Data(result.stdout))
    #expect(record.error.code == "invalid-utf8")
    #expect(record.error.message.contains("offset 1"))
    #expect(result.errors.hasPrefix("error: "))
    // Also for what is wrong before the text is read.
    let ndjson = ["--format", "ndjson", "--plugin", "sentiment.so"].map { Array($0.utf8) }
    for (arguments, status, code) in [
      ([[0x61, 0xFF]], 65, "invalid-utf8"),
      ([Array("x".utf8), Array("--budget".utf8), [0x30]], 64, "usage"),
    ] as [([[UInt8]], Int32, String)] {
      let early = try runProgram(BuildProducts.tool, arguments: arguments + ndjson)
      #expect(early.ending == .exit(status))
      #expect(
        try JSONDecoder().decode(ErrorRecord.self, from: Data(early.stdout)).error.code == code)
    }
  }

  @Test("a closed pipe ends the program quietly")
  func closedPipe() throws {
    for format in ["text", "json"] {
      let result = try runTool(plugin + ["--format", format], output: .closedPipe)
      #expect(result.ending == .exit(0))
      #expect(result.errors.isEmpty)
    }
  }

  @Test("a file is written whole, a device directly")
  func destinations() throws {
    let folder = try TemporaryFolder()
    let path = folder("out.json")
    let direct = try runTool(plugin + ["--format", "json"])
    let toFile = try runTool(plugin + ["--format", "json", "-o", path])
    #expect(toFile.ending == .exit(0) && toFile.stdout.isEmpty)
    #expect(try folder.bytes(of: path) == direct.stdout)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.json"])
    #expect(try runTool(plugin + ["-o", "/dev/null"]).ending == .exit(0))
    #expect(try runTool(plugin + ["-o", "/dev/full"]).ending == .exit(74))
  }

  @Test("links stay links, modes stay modes, and open descriptors are written as they stand")
  func kindsOfPaths() throws {
    let folder = try TemporaryFolder()
    func shell(_ command: String) throws -> ToolResult {
      try runProgram(
        "/bin/bash",
        arguments: ["-c", "textexplain good -p sentiment -f ndjson " + command].map {
          Array($0.utf8)
        },
        environment: ["PATH": BuildProducts.directory + ":/usr/bin:/bin"],
        workingDirectory: folder.path)
    }
    let result = try shell(
      """
      -o out.json; chmod 666 out.json; ln -s out.json link; ln -s later.json dangling; echo first > log
      for name in link dangling; do textexplain good -p sentiment -f ndjson -o $name; done
      textexplain good -p sentiment -f ndjson -o /dev/stdout >> log
      stat -c '%a %F' out.json link dangling later.json; head -n 1 log; wc -l < log
      """)
    #expect(
      result.output
        == "666 regular file\n777 symbolic link\n777 symbolic link\n644 regular file\nfirst\n2\n",
      "\(result.output)\(result.errors)")
  }

  @Test("closed standard descriptors do not become the output file")
  func closedDescriptors() throws {
    let folder = try TemporaryFolder()
    let command = """
      echo x > review; textexplain review -p sentiment -f ndjson -o out.json 2>&-; echo $?
      head -c 17 out.json; echo; textexplain good -p sentiment >&-; echo $?
      """
    let result = try runProgram(
      "/bin/bash", arguments: ["-c", command].map { Array($0.utf8) },
      environment: ["PATH": BuildProducts.directory + ":/usr/bin:/bin"],
      workingDirectory: folder.path)
    #expect(result.output == "0\n{\"schemaVersion\":\n74\n", "\(result.output)\(result.errors)")
  }

  @Test("a failed run leaves the old file as it was, and nothing beside it")
  func failedRun() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("out.json", "old")
    #expect(try runTool([text, "--plugin", "nope", "-o", path]).ending == .exit(69))
    #expect(try folder.read(path) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.json"])
  }

  @Test("an output that cannot be written is refused before any work")
  func unwritable() throws {
    // The plugin does not exist either: that would be told if it had been looked for first.
    expectFailure(
      try runTool([text, "--plugin", "nope", "-o", "/nonexistent/out.json"]), 74,
      error: "\"/nonexistent/out.json\"", help: "folder")
    expectFailure(
      try runTool(["--file", "/nonexistent", "--plugin", "nope", "-o", "/tmp"]), 74,
      error: "\"/tmp\"", help: "folder")
  }

  @Test("standard output that takes nothing is told")
  func fullDevice() throws {
    let result = try runTool(plugin, output: .file("/dev/full"))
    #expect(result.ending == .exit(74))
    #expect(
      Complaint(result).error == "cannot write to \"standard output\": No space left on device")
    #expect(Complaint(result).help.contains("make room"))
    #expect(!Complaint(result).help.contains("folder"))
    expectFailure(
      try runTool(plugin + ["-o", "/dev/full"]), 74, error: "\"/dev/full\": No space left",
      help: "make room")
    let schema = try runTool(["schema"], output: .file("/dev/full"))
    #expect(schema.ending == .exit(74) && schema.errors.contains("make room"))
  }

  @Test("colour is off where output is no terminal, and on where asked for")
  func colour() throws {
    let escape = UInt8(0x1B)
    #expect(try !runTool(plugin).stdout.contains(escape))
    #expect(try runTool(plugin + ["--color", "always"]).stdout.contains(escape))
    let ansi = try runTool(plugin + ["--format", "ansi"])
    #expect(try ansi.stdout == runTool(plugin + ["--color", "always"]).stdout)
    #expect(
      try runTool(plugin + ["--format", "ansi"], environment: ["NO_COLOR": "1"]).stdout
        == ansi.stdout)
    #expect(
      try !runTool(plugin + ["--format", "json", "--color", "always"]).stdout.contains(escape))
  }

  @Test("colour on a terminal follows NO_COLOR and TERM")
  func terminal() throws {
    func inTerminal(_ environment: [String: String], _ arguments: String = "") throws -> [UInt8] {
      try runInTerminal("'a great film'" + arguments, environment).stdout
    }
    let escape = UInt8(0x1B)
    #expect(try inTerminal(["TERM": "xterm-256color"]).contains(escape))
    #expect(try !inTerminal(["TERM": "xterm-256color", "NO_COLOR": "1"]).contains(escape))
    #expect(try inTerminal(["TERM": "xterm-256color", "NO_COLOR": ""]).contains(escape))
    #expect(try !inTerminal(["TERM": "dumb"]).contains(escape))
    #expect(try !inTerminal(["TERM": "xterm-256color"], " --color never").contains(escape))
  }

  @Test("on a terminal too, too many players are refused, and long work shows its progress")
  func progress() throws {
    let words = (0..<70).map { "w\($0)" }.joined(separator: " ")
    let refused = try runInTerminal("'\(words)' --estimator exact", [:])
    #expect(refused.ending == .exit(64), "\(refused.output)")
    let long = try runInTerminal("'\(words)' --budget 1500000 --method shapley", [:])
    #expect(long.ending == .exit(0))
    #expect(long.output.contains(" of 1500000 evaluations"))
  }

  /// Runs the command with a terminal at every standard descriptor.
  private func runInTerminal(_ arguments: String, _ environment: [String: String]) throws
    -> ToolResult
  {
    let command = "'\(BuildProducts.tool)' \(arguments) --plugin sentiment.so"
    return try runProgram(
      "/usr/bin/script", arguments: ["-qec", command, "/dev/null"].map { Array($0.utf8) },
      environment: environment)
  }

  @Test("no line is wider than asked for", arguments: [20, 40, 60, 100])
  func width(_ width: Int) throws {
    let result = try runTool(plugin + ["--width", String(width)])
    #expect(result.ending == .exit(0))
    for line in result.output.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
  }

  @Test("help and version are data")
  func help() throws {
    let version = try runTool(["--version"])
    #expect(version.output.contains("plugin ABI 1.0, ICU 72.1, Unicode 15.0"))
    for arguments in [["--help"], ["explain", "--help"], ["help", "explain"], ["-h"]] {
      let help = try runTool(arguments)
      #expect(help.ending == .exit(0) && help.errors.isEmpty)
      #expect(help.output.contains("--plugin"), "\(arguments)")
      // What is not built yet is not offered.
      #expect(!help.output.contains("--workers"))
    }
  }

  @Test("an interrupt ends with 130 and leaves no file behind")
  func interrupt() throws {
    let folder = try TemporaryFolder()
    let words = (0..<900).map { "good w\($0)" }.joined(separator: " ").utf8
    let input = try folder.write("in.txt", Array(words))
    let command = """
      cd '\(folder.path)'; '\(BuildProducts.tool)' --file '\(input)' --plugin sentiment.so --budget 400000 -o out.json &
      pid=$!; for i in $(seq 200); do ls out.json.*.partial >/dev/null 2>&1 && break; sleep 0.02; done
      kill -INT $pid; wait $pid; echo $?; ls
      """
    // A background job of a shell without job control ignores SIGINT unless the program says otherwise: it does.
    let result = try runProgram("/bin/bash", arguments: ["-c", command].map { Array($0.utf8) })
    #expect(result.output == "130\nin.txt\n", "\(result.output) \(result.errors)")
  }
}

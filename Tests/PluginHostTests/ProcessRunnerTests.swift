import Testing
import _TestSupport

@Suite("runProgram")
struct ProcessRunnerTests {
  private func shell(
    _ script: String, stdin: [UInt8] = [], environment: [String: String] = [:],
    output: ToolOutput = .captured, timeLimit: Double = 60
  ) throws -> ToolResult {
    try runProgram(
      "/bin/sh", arguments: ["-c", script].map { Array($0.utf8) }, stdin: stdin,
      environment: environment, output: output, timeLimit: timeLimit)
  }

  @Test("streams, exit codes and signals")
  func streams() throws {
    let result = try shell("cat; echo oops >&2; exit 7", stdin: [0xff, 0, 0x41])
    #expect(result.ending == .exit(7))
    #expect(result.stdout == [0xff, 0, 0x41])
    #expect(result.errors == "oops\n")
    #expect(try shell("kill -9 $$").ending == .signal(9))
  }

  @Test("output larger than any pipe arrives whole, from both streams")
  func large() throws {
    let result = try shell("head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero")
    #expect(result.stdout.count == 1_000_000)
    #expect(result.stderr.count == 1_000_000)
  }

  @Test("raw bytes pass as arguments, and only the given environment")
  func arguments() throws {
    let bytes: [UInt8] = [0x61, 0xff, 0x20, 0x62]
    let result = try runProgram("/bin/echo", arguments: [bytes])
    #expect(result.stdout == bytes + [0x0a])
    let environment = try runProgram("/usr/bin/env", arguments: [], environment: ["A": "b=c"])
    #expect(
      environment.output.split(separator: "\n").filter { !$0.hasPrefix("PATH=") } == ["A=b=c"])
  }

  @Test("a program and its children are ended when the time is up")
  func timeLimit() throws {
    let result = try shell("echo begun; sleep 100 & sleep 100", timeLimit: 0.3)
    #expect(result.ending == .timedOut)
    #expect(result.output == "begun\n")
  }

  @Test("a closed pipe, a device and another folder")
  func outputs() throws {
    #expect(try shell("exec cat", stdin: [1], output: .closedPipe).ending == .signal(13))
    #expect(try shell("exec echo x", output: .file("/dev/full")).ending != .exit(0))
    let folder = try TemporaryFolder()
    let result = try runProgram("/bin/pwd", arguments: [], workingDirectory: folder.path)
    #expect(result.output == folder.path + "\n")
  }
}

import Testing
import _TestSupport

@Suite("plugin check on a busy machine")
struct BusyMachineTests {
  @Test("a plugin that asks in time is not blamed for what other programs take of the processor")
  func sharedProcessor() throws {
    let plugin = try Zoo.Animal(defect: "WORKS_MS=60", failures: []).compile()
    // Four busy programs share one processor with the check: 180 ms of work take 900 ms and more.
    let command = """
      for i in 1 2 3 4; do taskset -c 0 sh -c 'while :; do :; done' & done
      trap 'kill $(jobs -p)' EXIT
      taskset -c 0 "$0" plugin check "$1" --only cancel --only deadline --time-limit 120
      """
    let result = try runProgram(
      "/bin/bash", arguments: ["-c", command, BuildProducts.tool, plugin].map { Array($0.utf8) },
      timeLimit: 300)
    #expect(result.output.hasSuffix("\n2 pass\n"), "\(result.output)\(result.errors)")
    #expect(result.ending == .exit(0))
  }
}

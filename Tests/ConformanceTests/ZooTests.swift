import Conformance
import Foundation
import Testing
import _TestSupport

/// Every check finds what it is there for, and nothing else finds fault.
@Suite("The zoo of broken plugins")
struct ZooTests {
  @Test("exactly the listed checks fail on each broken plugin, and every check heads a list")
  func wholeLists() async throws {
    let animals = try Zoo.animals()
    let start = Date()
    let outputs = try await withThrowingTaskGroup(of: (Int, CheckOutput).self) { group in
      var outputs: [CheckOutput?] = Array(repeating: nil, count: animals.count)
      var next = 0
      func add() {
        guard next < animals.count else { return }
        let index = next
        next += 1
        group.addTask {
          (index, try CheckOutput.of(animals[index].compile()).output)
        }
      }
      // As many at a time as there are cores: some checks look at the clock.
      for _ in 0..<2 { add() }
      while let (index, output) = try await group.next() {
        outputs[index] = output
        add()
      }
      return outputs.compactMap { $0 }
    }
    for (animal, output) in zip(animals, outputs) {
      let failed = output.failures
      #expect(
        failed.map(\.id).sorted() == animal.failures.sorted(),
        "\(animal): \(failed.map { "\($0.id): \($0.reason ?? "")" })")
    }
    let ids = Set(outputs[0].checks.map(\.id))
    #expect(ids.count == 44)
    #expect(ids.subtracting(animals.compactMap(\.failures.first)).isEmpty)
    print(Self.table(animals, outputs))
    print("the zoo: \(animals.count) plugins, \(Int(Date().timeIntervalSince(start))) s")
  }

  /// Checks by plugins.
  ///
  /// F is fail, C crash, T timeout, w warn, a dot pass; blank is where there is nothing to check.
  private static func table(_ animals: [Zoo.Animal], _ outputs: [CheckOutput]) -> String {
    let marks = ["fail": "F", "crash": "C", "timeout": "T", "warn": "w", "pass": "."]
    let width = animals.map(\.defect.count).max() ?? 0
    var lines = outputs[0].checks.enumerated().map { index, check in
      String(repeating: " ", count: width + 2) + String(repeating: "| ", count: index) + check.id
    }
    for (animal, output) in zip(animals, outputs) {
      let cells = output.checks.map { marks[$0.result] ?? " " }.joined(separator: " ")
      lines.append(
        animal.defect.padding(toLength: width + 2, withPad: " ", startingAt: 0) + cells)
    }
    return lines.joined(separator: "\n")
  }

  @Test("a plugin of a later minor version, whose structs have grown, passes every check")
  func laterPlugin() throws {
    let folder = try TemporaryFolder()
    let header = try folder.read(CCompiler.include + "/textexplain_plugin.h")
    let growing = [
      "tx_error", "tx_sink", "tx_host", "tx_call", "tx_info", "tx_scores", "tx_option_spec",
      "tx_classifier", "tx_library", "tx_masking",
    ]
    try folder.write("textexplain_plugin.h", GrownHeader.growing(growing, in: header))
    let plugin = try CCompiler.library(
      from: Repository.path("Tests/Fixtures/Plugins/zoo/zoo.c"),
      flags: ["-Wno-missing-field-initializers"], header: folder.path)
    let output = try CheckOutput.of(plugin).output
    #expect(output.failures.isEmpty, "\(output.failures)")
  }

  @Test("the sizes that plugins of 1.0 have are those of its header, whatever today's is")
  func firstRelease() throws {
    let first = Repository.path("Tests/Fixtures/ABI/1.0")
    let folder = try TemporaryFolder()
    for (name, size) in FirstRelease.sizes {
      let source = try folder.write(
        "\(name).c",
        "#include <textexplain_plugin.h>\ntypedef char size[sizeof(\(name)) == \(size) ? 1 : -1];\n"
      )
      #expect(try CCompiler.diagnostics(of: source, standard: "c99", header: first) == nil)
    }
  }

  @Test("nothing fails on the plugin that the zoo is made of, on the template and on the fixtures")
  func referencePlugins() throws {
    let folder = try TemporaryFolder()
    let weights = try folder.write(
      "weights.tsv", "bias\t0.1\ngood\t1\nbad\t-1.5\nlove\t0.7\nterrible\t-2\n")
    func zoo(_ macros: String) throws -> String {
      try Zoo.Animal(defect: macros, failures: []).compile()
    }
    let plugins: [(path: String, options: [String])] = [
      (try zoo(""), []), (try zoo("MAX_BYTES=100u"), []), (try zoo("MAX_BYTES=4096u"), []),
      (try zoo("MAX_BATCH=1"), []), (try zoo("MAX_BATCH=1,MAX_BYTES=10u"), []),
      (
        try CCompiler.library(
          from: Repository.path("Plugins/templates/cpp/keywords.cpp"),
          flags: [
            "-Wl,--version-script=" + Repository.path("Plugins/templates/cpp/exports.map")
          ], standard: "c++17"), []
      ),
      (try CCompiler.library(from: Repository.path("Plugins/templates/c/keywords.c")), []),
      (BuildProducts.directory + "/libsentiment.so", []),
      (try CCompiler.plugin("order.c"), []),
      (try CCompiler.plugin("linear.c"), ["--option", "weights=\(weights)"]),
    ]
    for (path, options) in plugins {
      let start = Date()
      let (output, result) = try CheckOutput.of(path, ["--level", "4"] + options)
      #expect(output.passed && result.ending == .exit(0))
      #expect(output.failures.map(\.id).isEmpty, "\(path): \(output.failures)")
      print("\(path): \(Int(Date().timeIntervalSince(start))) s")
    }
    let zoo = try CheckOutput.of(plugins[0].path).output
    #expect(zoo.checks.filter { $0.result == "skip" }.isEmpty, "the zoo's plugin has everything")
  }
}

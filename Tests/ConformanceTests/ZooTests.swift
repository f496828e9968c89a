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

  @Test("nothing fails on the plugin that the zoo is made of, on the template and on the fixtures")
  func referencePlugins() throws {
    let folder = try TemporaryFolder()
    let weights = try folder.write(
      "weights.tsv", "bias\t0.1\ngood\t1\nbad\t-1.5\nlove\t0.7\nterrible\t-2\n")
    let plugins: [(path: String, options: [String])] = [
      (try Zoo.Animal(defect: "", failures: []).compile(), []),
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
      #expect(Date().timeIntervalSince(start) < 20)
    }
    let zoo = try CheckOutput.of(plugins[0].path).output
    #expect(zoo.checks.filter { $0.result == "skip" }.isEmpty, "the zoo's plugin has everything")
  }
}

import Classification
import Foundation
import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("Templates")
struct TemplateTests {
  @Test(
    "plugin new, the language's own tool, and every rule of the header",
    arguments: ["c", "cpp", "swift"])
  func conforms(language: String) throws {
    let template = try BuiltTemplate.inLanguage(language)
    try TemplateExpectations(path: template.path, name: BuiltTemplate.name).expectAll()
    try expectConforming(template.path, level: 4)
  }

  @Test(
    "what next: says is what there is to do: make check runs plugin check", arguments: ["c", "cpp"])
  func makeCheck(language: String) throws {
    let folder = try BuiltTemplate.inLanguage(language).folder
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let result = try runProgram(
      "/usr/bin/env", arguments: ["make", "check"].map { Array($0.utf8) },
      environment: ["PATH": BuildProducts.directory + ":" + path], workingDirectory: folder,
      timeLimit: 300)
    #expect(result.ending == .exit(0), "\(result.output)\(result.errors)")
    #expect(result.output.contains("linear-adds-up"))
  }

  @Test("a plugin that offers everything PluginKit knows passes every check")
  func everything() throws {
    let parent = try TemporaryFolder()
    let source = try parent.read(Repository.path("Tests/Fixtures/Plugins/kit/Plugin.swift"))
    let built = try BuiltTemplate.make("swift", in: parent) { _ in
      try parent.write("\(BuiltTemplate.name)/Sources/MyPluginPlugin/Plugin.swift", source)
    }
    try expectConforming(built.path, level: 4)
    let checks = try runTool(["plugin", "check", built.path, "--level", "4"], timeLimit: 300)
    for id in ["tokens-tile", "masked-equals-text", "masked-order", "linear-adds-up"] {
      #expect(checks.output.contains(id), "\(checks.output)")
    }
    for id in ["tokens/1", "masked/1", "linear/1"] {
      #expect(!checks.output.contains("skip    no \(id)"), "\(checks.output)")
    }
  }

  @Test("the Swift template carries its runtime: the sandbox keeps a toolchain's folder closed")
  func runtime() throws {
    let path = try BuiltTemplate.inLanguage("swift").path
    let result = try runProgram(
      "/usr/bin/env", arguments: ["readelf", "-d", path].map { Array($0.utf8) })
    let needed = result.output.split(separator: "\n").filter { $0.contains("(NEEDED)") }
    #expect(needed.contains { $0.contains("libc.so.6") }, "\(result.output)\(result.errors)")
    #expect(!needed.contains { $0.contains("libswift") }, "\(needed)")
  }

  @Test("the C template as it lies in the repository")
  func repository() throws {
    let path = try CCompiler.library(from: Repository.path("Plugins/templates/c/keywords.c"))
    try TemplateExpectations(path: path, name: "keywords").expectAll()
  }

  @Test("a built plugin is found by its name, and explains its examples")
  func found() throws {
    let folder = try BuiltTemplate.inLanguage("c").folder
    var environment = Fixture.environment
    environment.pluginDirectories = [folder]
    #expect(
      try PluginClassifier.open("my-plugin", environment: environment).description.id
        == "org.example.my-plugin")
    for (example, label) in [("praise", "positive"), ("complaint", "negative")] {
      let result = try runTool([
        "--plugin", folder + "/my-plugin.so", "--file", "\(folder)/examples/\(example).txt",
      ])
      #expect(result.ending == .exit(0))
      #expect(result.output.hasPrefix(" \(label) 0.6"), "\(result.output)")
    }
    // The README's second example, which shows what the option does.
    let text = "GREAT cast, good script"
    let guide = try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
    #expect(guide.contains("--option ignore-case=false \"\(text)\""))
    let exact = try runTool([
      text, "--plugin", folder + "/my-plugin.so", "--option", "ignore-case=false",
    ])
    #expect(exact.output.contains("\n GREAT cast, [+good+] script\n"), "\(exact.output)")
  }
}

/// What needs Cargo: `make test-all` installs it.
@Suite("The Rust template")
struct RustTemplateTests {
  @Test("plugin new, cargo without network, and every rule of the header")
  func conforms() throws {
    let template = try BuiltTemplate.inLanguage("rust")
    try TemplateExpectations(path: template.path, name: BuiltTemplate.name).expectAll()
    try expectConforming(template.path, level: 4)
  }

  @Test(
    "from nothing to a passing check in under five minutes, in each of four languages",
    arguments: ["c", "cpp", "swift", "rust"])
  func fiveMinutes(language: String) throws {
    let start = ContinuousClock.now
    let parent = try TemporaryFolder()
    try expectConforming(BuiltTemplate.make(language, in: parent).path)
    let seconds = ((ContinuousClock.now - start) / .seconds(1) * 10).rounded() / 10
    #expect(seconds < 300)
    print("plugin new, build and check in \(language): \(seconds) s")
  }
}

import Classification
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
    try expectConforming(template.path)
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
  }
}

/// What needs Cargo: `make test-all` installs it.
@Suite("The Rust template")
struct RustTemplateTests {
  @Test("plugin new, cargo without network, and every rule of the header")
  func conforms() throws {
    let template = try BuiltTemplate.inLanguage("rust")
    try TemplateExpectations(path: template.path, name: BuiltTemplate.name).expectAll()
    try expectConforming(template.path)
  }

  @Test("from nothing to a passing check, in each of four languages")
  func fourLanguages() throws {
    for language in ["c", "cpp", "swift", "rust"] {
      let start = ContinuousClock.now
      try expectConforming(try BuiltTemplate.inLanguage(language).path)
      let seconds = ((ContinuousClock.now - start) / .seconds(1) * 10).rounded() / 10
      print(
        "plugin new, build and check in \(language): \(seconds) s (what another test built is not built again)"
      )
    }
  }
}

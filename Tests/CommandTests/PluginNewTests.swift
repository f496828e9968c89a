import Foundation
import Testing
import _TestSupport

@Suite("textexplain plugin new")
struct PluginNewTests {
  /// The files below a folder, by their paths in it.
  private static func files(_ folder: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let url = URL(filePath: folder).appending(path: path)
      if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[path] = try String(contentsOf: url, encoding: .utf8)
      }
    }
    return files
  }

  @Test("every file of the template, under the new name", arguments: ["c", "cpp", "swift", "rust"])
  func content(language: String) throws {
    let folder = try TemporaryFolder()
    let result = try runTool(
      ["plugin", "new", "good-mood2", "--language", language], workingDirectory: folder.path)
    #expect(result.ending == .exit(0), "\(result.errors)")
    #expect(result.output.hasPrefix("made good-mood2, a plugin in "))
    #expect(result.output.contains("\n  textexplain plugin check "))
    let made = try Self.files(folder("good-mood2"))
    var expected: [String: String] = [:]
    var sources = ["Plugins/templates/" + language + "/"]
    switch language {
    case "swift": sources += ["Sources/CTextExplain/", "Sources/PluginKit/"]
    case "c", "cpp": sources.append("Sources/CTextExplain/include/")
    default: break
    }
    for source in sources {
      for (path, text) in try Self.files(Repository.path(source)) {
        let isCopy = language == "swift" && source.hasPrefix("Sources/")
        expected[
          (isCopy ? source + path : path)
            .replacing("Keywords", with: "GoodMood2").replacing("keywords", with: "good-mood2")] =
          text
          .replacing("keywords_", with: "good_mood2_").replacing("Keywords", with: "GoodMood2")
          .replacing("keywords", with: "good-mood2")
          .replacing("../../../Sources/CTextExplain/include", with: ".")
      }
    }
    #expect(made.keys.sorted() == expected.keys.sorted())
    for (path, text) in made {
      #expect(text == expected[path], "\(path)")
      #expect(!text.lowercased().contains("keywords"), "\(path)")
      #expect(!text.contains("../"), "\(path)")
    }
    #expect(made["examples/praise.txt"] != nil && made["examples/complaint.txt"] != nil)
    // Whoever begins with it meets the check: on the page, in the recipe, and in the Makefile where there is one.
    for file in ["README.md", "ci.yml"] {
      let text = try #require(made[file])
      #expect(text.contains("plugin check") || text.contains("make check"), "\(file)")
    }
    if let makefile = made["Makefile"] { #expect(makefile.contains("textexplain plugin check ./")) }
  }

  @Test(
    "names that are none are refused",
    arguments: [
      "", "My", "my plugin", "-", "a-", "a--b", "2nd", "né", "a/b", "..", "a.so", "a_b",
      String(repeating: "a", count: 41),
    ])
  func badName(name: String) throws {
    let folder = try TemporaryFolder()
    let result = try runTool(
      ["plugin", "new", "--language", "c", "--", name], workingDirectory: folder.path)
    expectFailure(result, 64, error: "\"\(name)\"", help: "my-plugin")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a language that has no template, and none at all")
  func badLanguage() throws {
    expectFailure(
      try runTool(["plugin", "new", "mine", "--language", "cobol"]), 64, error: "cobol", help: "")
    expectFailure(try runTool(["plugin", "new", "mine"]), 64, error: "--language", help: "")
  }

  @Test("what is there already is left alone, and a folder that cannot be made is named")
  func existing() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("taken")
    try folder.write("file", "text")
    for name in ["taken", "file"] {
      let result = try runTool(
        ["plugin", "new", name, "--language", "c", "--directory", folder.path])
      expectFailure(result, 74, error: "\"\(folder(name))\": File exists", help: "another name")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("taken")).isEmpty)
    #expect(try folder.read(folder("file")) == "text")
    let missing = try runTool(
      ["plugin", "new", "mine", "--language", "c", "--directory", folder("absent")])
    expectFailure(missing, 74, error: "No such file", help: "--directory")
  }

  @Test("a folder that cannot be filled is not left behind")
  func halfway() throws {
    let folder = try TemporaryFolder()
    // So deep that the new folder can be made but no file in it.
    var deep = folder.path
    while deep.utf8.count < 4096 - 260 {
      deep += "/" + String(repeating: "d", count: min(250, 4096 - 255 - deep.utf8.count))
      mkdir(deep, 0o700)
    }
    let room = 4095 - deep.utf8.count - 1
    deep += "/" + String(repeating: "e", count: room - 45)
    mkdir(deep, 0o700)
    let name = String(repeating: "n", count: 40)
    let result = try runTool(
      ["plugin", "new", name, "--language", "c", "--directory", deep])
    expectFailure(result, 74, error: "File name too long", help: "--directory")
    #expect(try FileManager.default.contentsOfDirectory(atPath: deep).isEmpty)
  }
}

import Glibc
import Synchronization
import _TestSupport

/// A plugin that `textexplain plugin new` made and that its language's own tool built.
struct BuiltTemplate: Sendable {
  /// The name it was given, which is no identifier in any of the languages.
  static let name = "my-plugin"

  /// The library.
  let path: String
  /// The folder that `plugin new` made.
  let folder: String

  /// Makes and builds the plugin of a language, once for each test process.
  ///
  /// - Parameters:
  ///   - language: as `--language` takes it.
  ///   - environment: what the build tool needs beside `PATH`.
  static func inLanguage(_ language: String) throws -> BuiltTemplate {
    try built.withLock { built in
      if let template = built.templates[language] { return template }
      atexit { BuiltTemplate.built.withLock { $0 = Built() } }
      let parent = try TemporaryFolder()
      built.folders.append(parent)
      let template = try make(language, in: parent)
      built.templates[language] = template
      return template
    }
  }

  /// Makes and builds the plugin of a language in an empty folder.
  ///
  /// - Parameter changing: gets the new folder before anything is built.
  static func make(
    _ language: String, in parent: TemporaryFolder, changing: (String) throws -> Void = { _ in }
  ) throws -> BuiltTemplate {
    let start = ContinuousClock.now
    let made = try runTool(
      ["plugin", "new", name, "--language", language, "--directory", parent.path])
    guard made.ending == .exit(0) else { throw TestFailure(made.errors) }
    // The page tells which command builds it and which file that makes.
    let lines = made.output.split(separator: "\n").map { $0.drop { $0 == " " } }
    guard lines.count == 5, let library = lines[4].split(separator: " ").dropFirst(2).first else {
      throw TestFailure("\(made.output) does not tell how to go on")
    }
    let folder = parent(name)
    try changing(folder)
    // Cargo and Swift keep their settings in the home folder.
    let home = getenv("HOME").map { String(cString: $0) } ?? "/"
    let build = try runProgram(
      "/bin/sh", arguments: ["-c", String(lines[2])].map { Array($0.utf8) },
      environment: ["HOME": home], workingDirectory: folder, timeLimit: 600)
    guard build.ending == .exit(0) else {
      throw TestFailure("\(lines[2]): \(build.ending)\n\(build.output)\n\(build.errors)")
    }
    print("plugin new --language \(language) and \(lines[2]): \(start.duration(to: .now))")
    return BuiltTemplate(path: folder + "/" + library, folder: folder)
  }

  private struct Built {
    var templates: [String: BuiltTemplate] = [:]
    var folders: [TemporaryFolder] = []
  }

  private static let built = Mutex(Built())
}

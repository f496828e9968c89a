import Glibc
import Synchronization

/// Compiles the C plugins that tests load.
public enum CCompiler {
  /// Flags under which everything here has to compile without a warning.
  private static let strict = ["-Wall", "-Wextra", "-pedantic", "-Werror"]
  /// The folder of today's `textexplain_plugin.h`.
  public static let include = Repository.path("Sources/CTextExplain/include")

  /// The absolute path of a plugin compiled from `Tests/Fixtures/Plugins`.
  ///
  /// Each combination of source and macros is compiled once for each test process.
  ///
  /// - Parameters:
  ///   - source: file name, as `variant.c`.
  ///   - defines: macros and their values.
  /// - Throws: ``TestFailure`` with what the compiler says.
  public static func plugin(_ source: String, _ defines: [String: String] = [:]) throws -> String {
    try library(from: Repository.path("Tests/Fixtures/Plugins/" + source), defines)
  }

  /// The absolute path of a plugin compiled from any C file.
  ///
  /// - Parameters:
  ///   - flags: more for the compiler; those of the linker begin with `-Wl,`.
  ///   - standard: `c99`, `c++17` or another.
  ///   - header: the folder of `textexplain_plugin.h`.
  public static func library(
    from source: String, _ defines: [String: String] = [:], flags extra: [String] = [],
    standard: String = "c99", header: String = include
  ) throws -> String {
    let macros = defines.sorted { $0.key < $1.key }.map { "-D\($0.key)=\($0.value)" } + extra
    let key = ([source, header, standard] + macros).joined(separator: "\n")
    return try compiled.withLock { compiled in
      if let path = compiled.paths[key] { return path }
      let folder = try compiled.folder ?? makeFolder()
      compiled.folder = folder
      let path = folder("plugin\(compiled.paths.count).so")
      let flags = [
        "-shared", "-fPIC", "-O1", "-std=" + standard, "-fvisibility=hidden", "-I" + header,
      ]
      // A macro may replace what a function was for.
      let lenient = macros.isEmpty ? [] : ["-Wno-unused-function", "-Wno-unused-const-variable"]
      let language = standard.hasPrefix("c++") ? ["-lstdc++"] : []
      let libraries = ["-o", path, "-lm"] + language
      let result = try run(flags + strict + lenient + macros + [source] + libraries)
      guard result.ending == .exit(0) else {
        throw TestFailure("\(source) \(macros) does not compile:\n\(result.errors)")
      }
      compiled.paths[key] = path
      return path
    }
  }

  /// What the compiler says of a file when it only checks it, or nil where it has nothing to say.
  ///
  /// - Parameters:
  ///   - standard: `c99`, `c++11` or another.
  ///   - header: the folder of `textexplain_plugin.h`.
  public static func diagnostics(
    of source: String, standard: String, header: String = include
  ) throws -> String? {
    let language = standard.hasPrefix("c++") ? "c++" : "c"
    let quiet = ["-Wno-unused-local-typedefs", "-fsyntax-only", "-x", language, source]
    let result = try run(["-std=\(standard)", "-I" + header] + strict + quiet)
    return result.ending == .exit(0) && result.errors.isEmpty ? nil : result.errors
  }

  private static func run(_ arguments: [String]) throws -> ToolResult {
    try runProgram(
      "/usr/bin/env", arguments: (["cc"] + arguments).map { Array($0.utf8) },
      environment: ["LC_ALL": "C", "TMPDIR": "/tmp"])
  }

  /// A folder that vanishes when the test process ends, as nothing static goes out of scope by itself.
  private static func makeFolder() throws -> TemporaryFolder {
    atexit { CCompiler.compiled.withLock { $0.folder = nil } }
    return try TemporaryFolder()
  }

  private struct Compiled {
    var folder: TemporaryFolder?
    var paths: [String: String] = [:]
  }

  private static let compiled = Mutex(Compiled())
}

import Glibc
import _TestSupport

/// Who runs a sandboxed process.
enum SandboxUser: Sendable, CaseIterable {
  case current
  case nobody

  /// Who can be played here: only root can become somebody else.
  static var playable: [SandboxUser] { geteuid() == 0 ? [.current, .nobody] : [.current] }

  /// The kernel's number for who is nobody.
  private static let nobodyNumber: uid_t = 65534

  var number: uid_t { self == .nobody ? Self.nobodyNumber : geteuid() }
  var arguments: [String] { self == .nobody ? ["--uid", String(number)] : [] }
  var isRoot: Bool { number == 0 }
}

/// A folder with everything that `attempts.c` tries its hand at, and the socket of a system's log.
final class SandboxSite {
  let folder: TemporaryFolder
  let user: SandboxUser
  private let log: Int32

  init(user: SandboxUser) throws {
    folder = try TemporaryFolder()
    self.user = user
    for name in ["home", "plugin", "named", "scratch", "outside", "outside/empty"] {
      try folder.makeFolder(name)
    }
    let files = [
      "home/secret", "plugin/neighbour", "plugin/garbage", "named/model", "named/other",
      "outside/kept", "outside/a", "outside/c",
    ]
    for name in files { try folder.write(name, "content") }
    try folder.write("plugin/attempts.so", folder.bytes(of: CCompiler.sandbox("attempts.c")))
    try folder.write("kernel.so", folder.bytes(of: CCompiler.sandbox("kernel.c")))
    chmod(folder("plugin/garbage"), 0o755)
    log = try Self.listen(at: folder("log"))
    chmod(folder("log"), 0o777)
    chmod(folder.path, 0o755)
    guard geteuid() == 0 else { return }
    for name in ["home", "plugin", "named", "scratch", "outside", "outside/empty"] + files {
      chown(folder(name), user.number, user.number)
    }
  }

  deinit { close(log) }

  var plugin: String { folder("plugin/attempts.so") }

  /// Runs the probe.
  func run(
    _ arguments: [String], kernel: [String: String] = [:], part: String = ""
  ) throws -> ToolResult {
    var environment = kernel
    if !kernel.isEmpty { environment["LD_PRELOAD"] = folder("kernel.so") }
    environment["PART"] = part
    environment["HOME_FOLDER"] = folder("home")
    environment["SECRET"] = folder("home/secret")
    environment["NAMED"] = folder("named/model")
    environment["BESIDE_NAMED"] = folder("named/other")
    environment["BESIDE_PLUGIN"] = folder("plugin/neighbour")
    environment["PLUGIN_FOLDER"] = folder("plugin")
    environment["OUTSIDE"] = folder("outside")
    environment["SCRATCH"] = folder("scratch")
    environment["LOG_SOCKET"] = folder("log")
    return try runProgram(
      BuildProducts.directory + "/SandboxProbe",
      arguments: (user.arguments + arguments).map { Array($0.utf8) }, environment: environment,
      timeLimit: 20)
  }

  /// What became of the attempts under a plugin's own profile with one named file and the scratch
  /// folder.
  func attempts(
    _ arguments: [String] = [], kernel: [String: String] = [:]
  ) throws -> SandboxOutcome {
    let named = ["--read", folder("named/model"), "--write", folder("scratch")]
    let profile = ["--plugin", plugin, "--home", folder("home")] + named
    return try SandboxOutcome(run(profile + arguments, kernel: kernel))
  }

  /// A socket that takes letters, as the system's log does.
  private static func listen(at path: String) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    guard descriptor >= 0, status == 0 else { throw TestFailure("socket: errno \(errno)") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}

/// What the probe and the library in it say.
struct SandboxOutcome {
  /// For each attempt the number of the error, or 0.
  var numbers: [String: Int32] = [:]
  /// The layers that the kernel lacks.
  var missing: [String] = []
  var landlockVersion: Int32 = 0

  init(_ result: ToolResult) throws {
    guard result.ending == .exit(0) else {
      throw TestFailure("probe: \(result.ending) \(result.errors)")
    }
    for line in result.output.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch words[0] {
      case "missing":
        missing = words.dropFirst().flatMap { $0.split(separator: ",").map(String.init) }
      case "landlock": landlockVersion = Int32(words[1]) ?? 0
      case "microseconds": break
      default: numbers[words[0]] = Int32(words[1])
      }
    }
  }

  /// Whether this machine's kernel has all that the sandbox makes use of.
  static let isKernelComplete: Bool = {
    guard let site = try? SandboxSite(user: .current),
      let outcome = try? SandboxOutcome(site.run([]))
    else { return true }
    return outcome.missing.isEmpty && outcome.landlockVersion >= 6
  }()
}

extension CCompiler {
  /// The path of a library compiled from `Tests/Fixtures/Sandbox`.
  static func sandbox(_ source: String) throws -> String {
    try library(from: Repository.path("Tests/Fixtures/Sandbox/" + source))
  }
}

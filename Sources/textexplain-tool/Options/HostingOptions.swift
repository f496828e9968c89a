import ArgumentParser
import PluginHost

/// How the plugin is run.
struct HostingOptions: ParsableArguments {
  enum Permission: String, ExpressibleByArgument, CaseIterable {
    case network
  }

  @Flag(help: "Load the plugin into this process instead of a sandboxed one of its own.")
  var inProcess = false

  @Option(
    help: ArgumentHelp(
      "Most processes that the plugin runs in; no result depends on it. (default: cores)",
      valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("The longest that one call may take.", valueName: "seconds"))
  var timeout = 30.0

  @Option(help: ArgumentHelp("The most memory that the plugin may have.", valueName: "bytes"))
  var memoryLimit: Int?

  @Flag(help: "Refuse to run where the sandbox is not complete.")
  var requireSandbox = false

  @Option(help: "Allow what the plugin says that it needs; may be repeated.")
  var allow: [Permission] = []

  @Flag(help: "Load a plugin that other users can change, with a warning.")
  var allowUnsafeFile = false

  @Option(
    name: .customLong("plugin-sha256"),
    help: ArgumentHelp("Load the plugin only if its file has this digest.", valueName: "hex"))
  var pluginSHA256: String?

  /// The least memory in which a plugin can be loaded at all.
  private static let minimumMemory = 1 << 26

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads \(threads) is below 1") }
    if !(timeout > 0 && timeout <= 86_400) {
      throw ValidationError("--timeout \(timeout) is not in 0…86400 seconds")
    }
    if let memoryLimit, memoryLimit < Self.minimumMemory {
      throw ValidationError(
        "--memory-limit \(memoryLimit) is below the minimum of \(Self.minimumMemory) bytes")
    }
    if let digest = pluginSHA256 {
      guard digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit) else {
        throw ValidationError("--plugin-sha256 \"\(digest)\" is not 64 hexadecimal digits")
      }
    }
  }

  /// The library's form of these options.
  var hosting: PluginHosting {
    var hosting = PluginHosting()
    hosting.isInProcess = inProcess
    hosting.timeout = .seconds(timeout)
    hosting.memoryLimit = memoryLimit
    hosting.requiresSandbox = requireSandbox
    hosting.allowsNetwork = allow.contains(.network)
    hosting.allowsUnsafeFile = allowUnsafeFile
    hosting.pinnedSHA256 = pluginSHA256?.lowercased()
    if let threads { hosting.threads = threads }
    // Survives the replacement and removal of the program while it runs.
    hosting.worker = "/proc/self/exe"
    return hosting
  }
}

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

  @OptionGroup var bounds: BoundOptions

  @Option(help: "Allow what the plugin says that it needs; may be repeated.")
  var allow: [Permission] = []

  @Option(
    name: .customLong("plugin-sha256"),
    help: ArgumentHelp("Load the plugin only if its file has this digest.", valueName: "hex"))
  var pluginSHA256: String?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads \(threads) is below 1") }
    if inProcess, bounds.requireSandbox {
      throw ValidationError(
        "--in-process and --require-sandbox were both given: without a process of its own the plugin "
          + "has no sandbox")
    }
    if let digest = pluginSHA256 {
      guard digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit) else {
        throw ValidationError("--plugin-sha256 \"\(digest)\" is not 64 hexadecimal digits")
      }
    }
  }

  /// Which of these options that are for plugins alone were given.
  var pluginFlags: [String] {
    var flags: [String] = []
    if inProcess { flags.append("--in-process") }
    if !allow.isEmpty { flags.append("--allow") }
    if pluginSHA256 != nil { flags.append("--plugin-sha256") }
    return flags + bounds.pluginFlags
  }

  /// The library's form of these options.
  var hosting: PluginHosting {
    var hosting = PluginHosting()
    hosting.isInProcess = inProcess
    hosting.timeout = .seconds(bounds.timeout)
    hosting.memoryLimit = bounds.memoryLimit?.bytes
    hosting.requiresSandbox = bounds.requireSandbox
    hosting.allowsNetwork = allow.contains(.network)
    hosting.allowsUnsafeFile = bounds.allowUnsafeFile
    hosting.pinnedSHA256 = pluginSHA256?.lowercased()
    if let threads { hosting.threads = threads }
    // Survives the replacement and removal of the program while it runs.
    hosting.worker = "/proc/self/exe"
    return hosting
  }
}

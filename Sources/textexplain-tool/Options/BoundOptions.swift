import ArgumentParser
import Conformance
import PluginHost

/// What a plugin may cost, wherever one is opened.
struct BoundOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The longest that one call may take.", valueName: "seconds"))
  var timeout = 30.0

  @Option(
    help: ArgumentHelp(
      """
      The most memory that the plugin may have: bytes, or as 512M with K, M, G or T for powers of \
      1024. (default: none)
      """, valueName: "bytes"))
  var memoryLimit: ByteCount?

  @Flag(help: "Refuse to run where the sandbox is not complete.")
  var requireSandbox = false

  @Flag(help: "Load a plugin that other users can change, with a warning.")
  var allowUnsafeFile = false

  /// The least memory in which a plugin can be loaded at all.
  private static let minimumMemory = 1 << 26

  func validate() throws {
    if !(timeout > 0 && timeout <= 86_400) {
      throw ValidationError("--timeout \(timeout) is not above 0 and at most 86400 seconds")
    }
    if let memoryLimit, memoryLimit.bytes < Self.minimumMemory {
      throw ValidationError(
        "--memory-limit \(memoryLimit.bytes) is below the minimum of \(Self.minimumMemory) bytes")
    }
  }

  /// Which of these options that are for plugins alone were given.
  var pluginFlags: [String] {
    var flags: [String] = []
    if memoryLimit != nil { flags.append("--memory-limit") }
    if requireSandbox { flags.append("--require-sandbox") }
    if allowUnsafeFile { flags.append("--allow-unsafe-file") }
    return flags
  }

  /// The bounds of a process that opens a plugin to see what it says of itself.
  var inspection: CheckBounds {
    CheckBounds(
      timeLimit: timeout, memoryLimit: memoryLimit.map { UInt64($0.bytes) },
      requiresSandbox: requireSandbox)
  }

  /// Checks a plugin's file.
  func check(_ path: String) throws(PluginError) -> PluginFile {
    try PluginFile(
      checking: path,
      tolerating: allowUnsafeFile
        ? { StandardErrorLog(threshold: .warning)(.warning, "plugin: \($0.message)") } : nil)
  }
}

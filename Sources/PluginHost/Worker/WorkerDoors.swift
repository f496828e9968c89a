import Glibc

/// What the sandbox of one worker leaves open beyond what every plugin gets.
struct WorkerDoors: WireValue, Equatable {
  /// Files and folders that the user named in options.
  var readable: [String] = []
  /// A folder of the worker's own.
  var scratch: String?
  var allowsThreads = false
  var allowsNetwork = false
  var allowsGPU = false
  /// Bytes of address space; nil means as much as there is.
  var memoryLimit: Int?
  /// Whether a layer of the sandbox that this machine lacks is an error.
  var isSandboxRequired = false

  /// Nothing beyond what every plugin gets.
  init(memoryLimit: Int?, isSandboxRequired: Bool) {
    self.memoryLimit = memoryLimit
    self.isSandboxRequired = isSandboxRequired
  }

  func write(to frame: inout FrameWriter) {
    frame.put(readable)
    frame.put(scratch)
    for flag in [allowsThreads, allowsNetwork, allowsGPU, isSandboxRequired] { frame.put(flag) }
    frame.put(memoryLimit)
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    readable = try frame.get()
    scratch = try frame.get(String?.self)
    allowsThreads = try frame.get()
    allowsNetwork = try frame.get()
    allowsGPU = try frame.get()
    isSandboxRequired = try frame.get()
    memoryLimit = try frame.get(Int?.self)
  }

  /// Shuts this process in for good.
  ///
  /// - Returns: the layers that this machine lacks, in words.
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  func close(for file: PluginFile) throws(PluginError) -> [String] {
    let home = getenv("HOME").map { String(cString: $0) }
    var profile = SandboxProfile.plugin(at: file.path, home: home)
    profile.readable += readable
    if let scratch { profile.writable.append(scratch) }
    profile.allowsThreads = allowsThreads
    profile.allowsNetwork = allowsNetwork
    profile.allowsGPU = allowsGPU
    profile.memoryLimit = memoryLimit.map { UInt64($0) }
    do throws(SandboxError) {
      let required = isSandboxRequired ? Set(SandboxLayer.allCases) : []
      return try profile.enter(requiring: required).missing.map(\.absence)
    } catch {
      throw PluginError(
        .workerUnavailable, "the plugin cannot be shut in: \(error)",
        help: isSandboxRequired
          ? "use another kernel, or leave out --require-sandbox"
          : "report it, with the version of your kernel")
    }
  }
}

/// What the sandbox of one worker leaves open beyond what every plugin gets.
package struct WorkerDoors: WireValue, Equatable {
  /// Files and folders that the user named in options.
  package var readable: [String] = []
  /// The user's home folders, as the host knows them.
  package var homes: [String] = HomeFolders.current()
  /// Whether each worker gets a folder of its own.
  package var hasScratch = false
  /// That folder, once there is a worker to have it.
  package var scratch: String?
  package var allowsThreads = false
  package var allowsNetwork = false
  package var allowsGPU = false
  /// Bytes of address space; nil means as much as there is.
  package var memoryLimit: Int?
  /// Whether a layer of the sandbox that this machine lacks is an error.
  package var isSandboxRequired = false

  /// Nothing beyond what every plugin gets.
  package init(memoryLimit: Int?, isSandboxRequired: Bool) {
    self.memoryLimit = memoryLimit
    self.isSandboxRequired = isSandboxRequired
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(readable)
    frame.put(homes)
    frame.put(scratch)
    for flag in [allowsThreads, allowsNetwork, allowsGPU, isSandboxRequired] { frame.put(flag) }
    frame.put(memoryLimit)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    readable = try frame.get()
    homes = try frame.get()
    scratch = try frame.get(String?.self)
    allowsThreads = try frame.get()
    allowsNetwork = try frame.get()
    allowsGPU = try frame.get()
    isSandboxRequired = try frame.get()
    memoryLimit = try frame.get(Int?.self)
    if let memoryLimit, memoryLimit < 0 { throw WireFault("a limit is negative") }
  }

  /// The doors of one worker.
  func with(_ scratch: ScratchFolder?) -> WorkerDoors {
    var doors = self
    doors.scratch = scratch?.path
    return doors
  }

  /// Shuts this process in for good.
  ///
  /// - Returns: the layers that this machine lacks, in words.
  /// - Throws: ``PluginError`` with code `workerUnavailable`, or `invalidOption` where one names what has no path.
  func close(for file: PluginFile) throws(PluginError) -> [String] {
    var profile = SandboxProfile.plugin(at: file.path, homes: homes)
    profile.readable += readable
    if let scratch { profile.writable.append(scratch) }
    profile.allowsThreads = allowsThreads
    profile.allowsNetwork = allowsNetwork
    profile.allowsGPU = allowsGPU
    profile.heldDescriptors = PluginWorker.Descriptor.socket...LifePipe.descriptor
    profile.memoryLimit = memoryLimit.map { UInt64($0) }
    do throws(SandboxError) {
      let required = isSandboxRequired ? Set(SandboxLayer.allCases) : []
      return try profile.enter(requiring: required).missing.map(\.absence)
    } catch {
      if case .badPath(let path, let reason) = error, readable.contains(path) {
        throw PluginError(
          .invalidOption, "an option names \"\(path)\", which cannot be opened: \(reason)",
          help: "name a file or folder that can be opened")
      }
      throw PluginError(
        .workerUnavailable, "the plugin cannot be shut in: \(error)",
        help: isSandboxRequired
          ? "use another kernel, or leave out --require-sandbox"
          : "report it, with the version of your kernel")
    }
  }
}

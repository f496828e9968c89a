/// What a plugin process may still reach.
///
/// All paths are absolute, and symbolic links in them are followed. A path that does not exist, or
/// that this user cannot reach, opens nothing.
package struct SandboxProfile: Sendable, Equatable {
  /// Files that can be read, and folders that can be read and listed with everything below them.
  package var readable: [String]
  /// Files that can be read and written, and folders in which everything can be made, changed and
  /// removed.
  package var writable: [String]
  /// Whether threads can be started; never processes.
  package var allowsThreads: Bool
  /// Whether internet sockets can be used; never local ones.
  package var allowsNetwork: Bool
  /// Whether the devices of graphics processors can be used.
  package var allowsGPU: Bool
  /// The most address space that the process may have, in bytes; nil means no limit.
  package var memoryLimit: UInt64?

  /// Descriptors of the host's that can be used, but neither closed, duplicated nor changed.
  package var heldDescriptors: ClosedRange<Int32>?

  /// Makes a profile that opens what is named and nothing else.
  package init(
    readable: [String] = [], writable: [String] = [], allowsThreads: Bool = false,
    allowsNetwork: Bool = false, allowsGPU: Bool = false, memoryLimit: UInt64? = nil
  ) {
    self.readable = readable
    self.writable = writable
    self.allowsThreads = allowsThreads
    self.allowsNetwork = allowsNetwork
    self.allowsGPU = allowsGPU
    self.memoryLimit = memoryLimit
  }
}

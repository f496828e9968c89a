import CSandbox
import Glibc

extension SandboxProfile {
  /// Restricts the calling thread, which must be the only one of its process, for good.
  ///
  /// Call it before anything of a plugin is loaded. Open descriptors stay open: close first what
  /// the plugin should not have. Without `allowsThreads` nothing that starts threads works
  /// afterwards, Swift's tasks included.
  ///
  /// - Parameter required: layers without which there is no going on.
  /// - Returns: which other layers the kernel lacks; the rest holds nevertheless.
  /// - Throws: ``SandboxError``; the process may be restricted in part then, and should end.
  package func enter(
    requiring required: Set<SandboxLayer> = []
  ) throws(SandboxError) -> SandboxReport {
    let others = try Self.threadCount() - 1
    guard others == 0 else { throw .otherThreads(count: others) }
    var landlockVersion: Int32 = 0
    try SandboxError.check(csandbox_landlock_version(&landlockVersion), "asking for Landlock")
    let available: [SandboxLayer: Bool] = [
      .files: landlockVersion > 0, .systemCalls: csandbox_filter_available() == 0,
    ]
    let missing = SandboxLayer.allCases.filter { available[$0] == false }
    if let layer = missing.first(where: required.contains) { throw .missing(layer) }

    try SandboxError.check(csandbox_limit(CSANDBOX_CORE_SIZE, 0), "limiting core files")
    if let memoryLimit {
      try SandboxError.check(
        csandbox_limit(CSANDBOX_ADDRESS_SPACE, memoryLimit), "limiting memory")
    }
    try SandboxError.check(csandbox_forgo_privileges(), "forgoing privileges")
    if !missing.contains(.files) { try restrictFiles(landlockVersion) }
    // Rules are opened with root's rights.
    try SandboxError.check(csandbox_drop_capabilities(), "dropping capabilities")
    if !missing.contains(.systemCalls) { try restrictSystemCalls() }
    return SandboxReport(missing: missing, landlockVersion: Int(landlockVersion))
  }

  private func restrictFiles(_ version: Int32) throws(SandboxError) {
    let rules = try LandlockRules(version: version, allowsNetwork: allowsNetwork)
    try rules.allow(CSANDBOX_READ, readable)
    try rules.allow(CSANDBOX_READ_WRITE, writable)
    if allowsNetwork { try rules.allow(CSANDBOX_READ, Self.nameResolution) }
    if allowsGPU {
      try rules.allow(CSANDBOX_DEVICE, GraphicsDevices.nodes())
      try rules.allow(CSANDBOX_READ, GraphicsDevices.descriptions)
    }
    try rules.enforce()
  }

  /// What the C library and TLS libraries read before they connect.
  private static let nameResolution = [
    "/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
    "/etc/services", "/etc/ssl/certs",
  ]

  private func restrictSystemCalls() throws(SandboxError) {
    var allowed = 0
    if allowsThreads { allowed |= CSANDBOX_ALLOW_THREADS }
    if allowsNetwork { allowed |= CSANDBOX_ALLOW_NETWORK }
    if memoryLimit == nil { allowed |= CSANDBOX_ALLOW_MEMORY_FILES }
    let number: Int32
    if let held = heldDescriptors {
      var held = csandbox_held(first: UInt32(held.lowerBound), last: UInt32(held.upperBound))
      number = csandbox_filter(UInt32(allowed), &held)
    } else {
      number = csandbox_filter(UInt32(allowed), nil)
    }
    try SandboxError.check(number, "filtering system calls")
  }

  /// The folder of a process's threads has a link for each, beside its own two.
  private static func threadCount() throws(SandboxError) -> Int {
    var status = stat()
    guard stat("/proc/self/task", &status) == 0 else {
      throw .failed(step: "counting threads", reason: SystemError.last.description)
    }
    return Int(status.st_nlink) - 2
  }
}

extension SandboxError {
  /// Throws unless the number of an error is 0.
  static func check(_ number: Int32, _ step: String) throws(SandboxError) {
    guard number == 0 else {
      throw .failed(step: step, reason: SystemError(number: number).description)
    }
  }
}

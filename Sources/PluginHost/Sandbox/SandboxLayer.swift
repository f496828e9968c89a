/// A part of the sandbox that a kernel may lack.
package enum SandboxLayer: String, Sendable, CaseIterable {
  /// Landlock: which files can be opened, and which signals and ports reached.
  case files
  /// The filter of system calls: no programs, processes, sockets, and no changes past Landlock.
  case systemCalls = "system-calls"

  /// What a reader has to know when the layer is missing.
  package var absence: String {
    switch self {
    case .files:
      "this kernel has no Landlock: a plugin can read and change your files"
    case .systemCalls:
      "this kernel has no seccomp filter: a plugin can use the network and start programs"
    }
  }
}

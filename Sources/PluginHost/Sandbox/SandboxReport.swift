/// What the kernel made of a sandbox.
package struct SandboxReport: Sendable, Equatable {
  /// The layers that the kernel lacks, in the order of ``SandboxLayer``; empty where all is well.
  package let missing: [SandboxLayer]
  /// The version of Landlock that was used, 0 without.
  ///
  /// What versions before 6 lack, the filter of system calls makes up for.
  package let landlockVersion: Int
}

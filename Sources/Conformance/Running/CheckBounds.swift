/// What a check's process, or one that inspects a plugin, may cost.
package struct CheckBounds: Sendable, Equatable {
  /// Seconds until it is killed; nil means what the check has for itself.
  package var timeLimit: Double?
  /// Bytes of address space; nil means as much as there is.
  package var memoryLimit: UInt64?
  /// Whether a sandbox that the kernel can only give in part is an error.
  package var requiresSandbox: Bool

  /// Makes bounds.
  package init(timeLimit: Double?, memoryLimit: UInt64?, requiresSandbox: Bool) {
    self.timeLimit = timeLimit
    self.memoryLimit = memoryLimit
    self.requiresSandbox = requiresSandbox
  }

  /// Those of a conformance check.
  package static let check = CheckBounds(
    timeLimit: nil, memoryLimit: 4 << 30, requiresSandbox: false)

  /// All of it in one argument of a command line.
  var argument: String {
    [timeLimit.map { "\($0)" } ?? "", memoryLimit.map { "\($0)" } ?? "", "\(requiresSandbox)"]
      .joined(separator: ",")
  }

  /// Reads such an argument; nil where it is none.
  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3, let requiresSandbox = Bool(String(parts[2])) else { return nil }
    timeLimit = Double(parts[0])
    memoryLimit = UInt64(parts[1])
    self.requiresSandbox = requiresSandbox
  }
}

import CSandbox
import Glibc

/// A set of Landlock rules in the making.
///
/// Invariant: `rules` is an open descriptor that belongs to this value alone.
struct LandlockRules: ~Copyable {
  private let rules: Int32
  private let version: Int32

  /// Begins a set that allows nothing.
  init(version: Int32, allowsNetwork: Bool) throws(SandboxError) {
    var rules: Int32 = -1
    try SandboxError.check(
      csandbox_landlock_begin(version, allowsNetwork, &rules), "making Landlock rules")
    self.rules = rules
    self.version = version
  }

  deinit { close(rules) }

  /// Opens files and folders; those that do not exist, or that this user cannot reach, open
  /// nothing.
  func allow(_ access: csandbox_access, _ paths: [String]) throws(SandboxError) {
    for path in paths {
      let result = csandbox_landlock_allow(rules, version, path, access)
      if [ENOENT, ENOTDIR, EACCES].contains(result) { continue }
      if [ELOOP, ENAMETOOLONG].contains(result) {
        throw .badPath(path, reason: SystemError(number: result).description)
      }
      try SandboxError.check(result, "opening \"\(path)\" to a sandbox")
    }
  }

  /// Restricts the calling thread, for good.
  consuming func enforce() throws(SandboxError) {
    try SandboxError.check(csandbox_landlock_enforce(rules), "Landlock")
  }
}

import Glibc

/// What the attempts of `attempts.c` come to, by the part of the sandbox that decides.
enum SandboxAttempts {
  /// What every plugin may do.
  static let allowed = [
    "read-named", "read-beside-plugin", "read-null", "write-null", "read-urandom", "read-cpuinfo",
    "list-cpus", "list-usr", "scratch-make", "scratch-folder", "scratch-move", "scratch-list",
    "scratch-remove", "scratch-remove-folder", "pair", "personality-query", "signal-self",
    "raise", "own-signal-by-file", "file-status", "device", "own-limits", "large", "memory-file",
    "raise-limit",
  ]

  /// What Landlock refuses.
  static let refusedByRules: [String: Int32] = {
    let names = [
      "read-home", "list-home", "read-passwd", "list-root", "read-parent-environment",
      "read-own-status", "read-beside-named", "write-named", "make-beside-plugin",
      "write-beside-plugin", "make-outside", "make-folder-outside", "remove-folder-outside",
      "link-outside", "rename-outside", "remove-outside", "read-zero", "read-resolver",
      "list-devices",
    ]
    var numbers = table(names, EACCES)
    // A link across rules looks to a program like one across disks.
    numbers["carry-in"] = EXDEV
    return numbers
  }()

  /// What the filter of system calls refuses.
  static let refusedByFilter: [String: Int32] = {
    var names = [
      "chmod", "fchmodat2", "chown", "lchown", "utime", "utimensat", "setxattr", "getxattr",
      "listxattr", "removexattr", "setxattrat", "removexattrat", "file-setattr", "truncate",
      "fchmod", "fsetxattr", "futimens", "file-flags", "inotify",
      "tcp", "tcp6", "udp", "unix", "netlink", "datagram-pair",
      "exec", "spawn", "fork", "clone", "namespace", "personality", "signal", "signal-group",
      "signal-thread", "signal-tkill", "signal-queue", "pidfd", "signal-by-file",
      "signal-by-owner", "signal-by-device", "type-into-terminal", "read-memory", "trace",
      "limits", "priority", "io-priority", "affinity", "scheduler", "session", "group",
      "shared-memory", "message-queue", "semaphores", "named-queue", "thread",
      "io-uring", "bpf", "perf", "userfault", "keys", "mount", "new-mount", "root", "handle",
      "namespaces", "module", "host-name",
    ]
    #if arch(x86_64)
      names.append("x32")
    #endif
    var numbers = table(names, EPERM)
    // So that the C library takes the call whose arguments can be seen.
    numbers["clone3"] = ENOSYS
    return numbers
  }()

  /// What is given up whatever the kernel has.
  static let givenUp = table(["core", "new-privileges", "other-user"], EPERM)

  /// Everything under a plugin's own profile.
  static let expected = table(allowed, 0)
    .merging(refusedByRules) { $1 }.merging(refusedByFilter) { $1 }.merging(givenUp) { $1 }

  /// What takes a capability, which only root has and also gives up.
  static let privileged: Set<String> = [
    "new-mount", "host-name", "module", "handle", "other-user",
  ]

  /// What is refused by the same number without a sandbox; a new session to the leader of a process
  /// group.
  static func refusedAnyway(_ user: SandboxUser) -> Set<String> {
    user.isRoot ? ["session"] : privileged.union(["session"])
  }

  /// What Landlock keeps from processes outside, though the filter would too.
  static let heldByRules: Set<String> = [
    "signal", "signal-thread", "signal-tkill", "signal-queue", "read-memory", "trace",
  ]

  /// What the process was once allowed to do to one with root's capabilities.
  static let heldFromRoot: Set<String> = ["priority", "io-priority", "affinity", "scheduler"]

  private static func table(_ names: [String], _ number: Int32) -> [String: Int32] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, number) })
  }
}

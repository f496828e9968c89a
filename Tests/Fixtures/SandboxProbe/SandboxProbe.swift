import Glibc
import PluginHost

/// Enters a sandbox as a worker would and loads a library, whose constructor tries things.
///
/// Arguments: `--plugin FILE` or `--profile-of FILE` (its profile, without loading it),
/// `--read FILE`, `--write FOLDER`, `--threads`, `--network`, `--gpu`, `--memory BYTES`, `--home FOLDER`,
/// `--uid NUMBER`, `--require LAYER`, `--outside` (enters none), `--second-thread` (starts one
/// before). Prints what is missing; exits with 3 where the sandbox cannot be entered, 4 where the
/// library cannot be loaded.
@main
enum SandboxProbe {
  static func main() {
    var probe = Probe()
    let arguments = CommandLine.arguments.dropFirst()
    var rest = arguments.makeIterator()
    while let argument = rest.next() { probe.read(argument) { rest.next() ?? "" } }
    probe.run()
  }
}

private struct Probe {
  var plugin: String?
  var profiled: String?
  var home: String?
  var uid: uid_t?
  var isOutside = false
  var hasSecondThread = false
  var required: Set<SandboxLayer> = []
  var changes = SandboxProfile()

  mutating func read(_ argument: String, value: () -> String) {
    switch argument {
    case "--plugin":
      plugin = value()
      profiled = plugin
    case "--profile-of": profiled = value()
    case "--read": changes.readable.append(value())
    case "--write": changes.writable.append(value())
    case "--threads": changes.allowsThreads = true
    case "--network": changes.allowsNetwork = true
    case "--gpu": changes.allowsGPU = true
    case "--memory": changes.memoryLimit = UInt64(value())
    case "--home": home = value()
    case "--uid": uid = uid_t(value())
    case "--require": required.formUnion(SandboxLayer(rawValue: value()).map { [$0] } ?? [])
    case "--outside": isOutside = true
    case "--second-thread": hasSecondThread = true
    default: fail(2, "unknown argument \(argument)")
    }
  }

  func run() {
    if let uid {
      guard setgroups(0, nil) == 0, setgid(uid) == 0, setuid(uid) == 0 else {
        fail(2, "cannot become \(uid)")
      }
    }
    startVictim()
    if hasSecondThread { startThread() }
    if !isOutside { enter() }
    if let plugin, dlopen(plugin, RTLD_NOW | RTLD_LOCAL) == nil {
      fail(4, dlerror().map { String(cString: $0) } ?? "no reason")
    }
  }

  private func enter() {
    let homes = home.map { [$0] } ?? []
    var profile =
      profiled.map { SandboxProfile.plugin(at: $0, homes: homes) } ?? SandboxProfile()
    profile.readable += changes.readable
    profile.writable += changes.writable
    profile.allowsThreads = changes.allowsThreads
    profile.allowsNetwork = changes.allowsNetwork
    profile.allowsGPU = changes.allowsGPU
    profile.memoryLimit = changes.memoryLimit
    let start = microseconds()
    do {
      let report = try profile.enter(requiring: required)
      let elapsed = microseconds() - start
      print("missing", report.missing.map(\.rawValue).joined(separator: ","))
      print("landlock", report.landlockVersion)
      print("microseconds", elapsed)
      fflush(nil)
    } catch {
      fail(3, "\(error)")
    }
  }

  /// A process of the same user that things can be done to; it ends with this one.
  private func startVictim() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { fail(2, "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var victim = pid_t()
    var name: [UnsafeMutablePointer<CChar>?] = [strdup("cat"), nil]
    guard posix_spawn(&victim, "/bin/cat", &actions, nil, &name, nil) == 0 else {
      fail(2, "no victim")
    }
    setenv("VICTIM", String(victim), 1)
  }

  private func startThread() {
    var thread = pthread_t()
    guard pthread_create(&thread, nil, sleepForever, nil) == 0 else { fail(2, "no thread") }
  }

  private func microseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}

private func sleepForever(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  while true { sleep(1000) }
}

private func fail(_ status: Int32, _ message: String) -> Never {
  let line = Array((message + "\n").utf8)
  _ = write(2, line, line.count)
  exit(status)
}

import Glibc
import Testing
import _TestSupport

@Suite("SandboxProfile, entered", .enabled(if: SandboxOutcome.isKernelComplete))
struct SandboxTests {
  @Test("a plugin reaches what its profile opens and nothing else", arguments: SandboxUser.playable)
  func everything(user: SandboxUser) throws {
    let outcome = try SandboxSite(user: user).attempts()
    #expect(outcome.missing == [])
    expect(outcome.numbers, SandboxAttempts.expected)
  }

  @Test("whatever is refused can be done outside", arguments: SandboxUser.playable)
  func control(user: SandboxUser) throws {
    let outside = try SandboxSite(user: user).attempts(["--outside"]).numbers
    for (name, refusal) in SandboxAttempts.expected where refusal != 0 {
      if SandboxAttempts.refusedAnyway(user).contains(name) { continue }
      let number = try #require(outside[name], "\(name)")
      #expect(number != refusal, "\(name)")
    }
    for name in SandboxAttempts.allowed { #expect(outside[name] == 0, "\(name)") }
    // Not reached inside, because the sockets for them are refused.
    #expect(outside["connect"] == ECONNREFUSED)
    #expect(outside["bind"] == 0)
    #expect(outside["datagram"] == 0)
  }

  @Test(
    "without the filter the rules hold, and the filter's part is open",
    arguments: SandboxUser.playable)
  func rulesAlone(user: SandboxUser) throws {
    let outcome = try SandboxSite(user: user).attempts(kernel: ["KERNEL_FILTER": "0"])
    #expect(outcome.missing == ["system-calls"])
    expect(outcome.numbers, SandboxAttempts.refusedByRules)
    expect(outcome.numbers, SandboxAttempts.givenUp)
    // Rules answer differently from the filter.
    #expect(outcome.numbers["exec"] == EACCES)
    #expect(outcome.numbers["truncate"] == EACCES)
    #expect(outcome.numbers["connect"] == EACCES)
    #expect(outcome.numbers["bind"] == EACCES)
    for name in SandboxAttempts.heldByRules { #expect(outcome.numbers[name] == EPERM, "\(name)") }
    var held = SandboxAttempts.heldByRules.union(SandboxAttempts.privileged).union(["session"])
    if user.isRoot { held.formUnion(SandboxAttempts.heldFromRoot) }
    for (name, refusal) in SandboxAttempts.refusedByFilter where !held.contains(name) {
      #expect(outcome.numbers[name] != refusal, "\(name)")
    }
  }

  @Test("without Landlock the filter holds, and files are open", arguments: SandboxUser.playable)
  func filterAlone(user: SandboxUser) throws {
    let outcome = try SandboxSite(user: user).attempts(kernel: ["KERNEL_LANDLOCK": "0"])
    #expect(outcome.missing == ["files"])
    #expect(outcome.landlockVersion == 0)
    expect(outcome.numbers, SandboxAttempts.refusedByFilter)
    expect(outcome.numbers, SandboxAttempts.givenUp)
    for name in SandboxAttempts.refusedByRules.keys {
      #expect(outcome.numbers[name] == 0, "\(name)")
    }
  }

  @Test("older versions of Landlock leave no gap", arguments: Array<Int32>(1...6))
  func versions(version: Int32) throws {
    let outcome = try SandboxSite(user: .current)
      .attempts(kernel: ["KERNEL_LANDLOCK": String(version)])
    #expect(outcome.missing == [])
    #expect(outcome.landlockVersion == version)
    var expected = SandboxAttempts.expected
    if version == 1 {
      // The first one refuses to move a file to another folder, so there is nothing to remove.
      expected["scratch-move"] = EXDEV
      expected["scratch-remove"] = ENOENT
    }
    expect(outcome.numbers, expected)
  }

  @Test("threads, where they are allowed, and still no process", arguments: SandboxUser.playable)
  func threads(user: SandboxUser) throws {
    var expected = SandboxAttempts.expected
    expected["thread"] = 0
    expect(try SandboxSite(user: user).attempts(["--threads"]).numbers, expected)
  }

  @Test("the internet, where it is allowed, and no local socket", arguments: SandboxUser.playable)
  func network(user: SandboxUser) throws {
    let site = try SandboxSite(user: user)
    let outside = try site.attempts(["--outside"]).numbers
    var expected = SandboxAttempts.expected
    for name in ["tcp", "tcp6", "udp", "connect", "bind", "read-resolver"] {
      expected[name] = outside[name]
    }
    let inside = try SandboxSite(user: user).attempts(["--network"]).numbers
    #expect(inside["connect"] == ECONNREFUSED)
    expect(inside, expected)
  }

  @Test("the list of devices, where a graphics processor is allowed")
  func graphics() throws {
    var expected = SandboxAttempts.expected
    expected["list-devices"] = 0
    expect(try SandboxSite(user: .current).attempts(["--gpu"]).numbers, expected)
  }

  @Test("a limit of memory holds and stays", arguments: SandboxUser.playable)
  func memory(user: SandboxUser) throws {
    var expected = SandboxAttempts.expected
    expected["large"] = ENOMEM
    expected["memory-file"] = EPERM
    expected["raise-limit"] = EPERM
    let inside = try SandboxSite(user: user).attempts(["--memory", String(256 << 20)])
    expect(inside.numbers, expected)
  }

  @Test(
    "root has no capabilities inside, by the step that drops them",
    .enabled(if: SandboxUser.current.isRoot))
  func capabilities() throws {
    let kept = try SandboxSite(user: .current).attempts(kernel: ["KERNEL_CAPABILITIES": "0"])
    var expected = SandboxAttempts.expected
    expected["other-user"] = 0
    expect(kept.numbers, expected)
  }

  @Test("abort() ends the process as it should", arguments: SandboxUser.playable)
  func abort(user: SandboxUser) throws {
    let site = try SandboxSite(user: user)
    #expect(try site.run(["--plugin", site.plugin], part: "abort").ending == .signal(SIGABRT))
  }

  #if arch(x86_64)
    @Test("system calls of 32-bit programs are refused")
    func otherArchitecture() throws {
      let site = try SandboxSite(user: .current)
      let outside = try site.run(["--plugin", site.plugin, "--outside"], part: "32-bit")
      // A kernel without 32-bit programs has nothing to refuse.
      guard outside.ending == .exit(0), outside.output == "32-bit 0\n" else { return }
      let inside = try SandboxOutcome(site.run(["--plugin", site.plugin], part: "32-bit"))
      #expect(inside.numbers == ["32-bit": EPERM])
    }
  #endif

  private func expect(
    _ numbers: [String: Int32], _ expected: [String: Int32],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (name, number) in expected {
      #expect(numbers[name] == number, "\(name)", sourceLocation: sourceLocation)
    }
  }
}

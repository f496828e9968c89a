import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("SandboxProfile for real plugins")
struct SandboxLoadingTests {
  @Test("a Swift and a C plugin load inside", arguments: SandboxUser.playable)
  func loading(user: SandboxUser) throws {
    let site = try SandboxSite(user: user)
    let libraries = [
      "libsentiment.so": BuildProducts.directory + "/libsentiment.so",
      "linear.so": try CCompiler.plugin("linear.c"),
    ]
    for (name, origin) in libraries {
      let plugin = try site.folder.write("plugin/" + name, site.folder.bytes(of: origin))
      let result = try site.run(["--plugin", plugin, "--memory", String(512 << 20)])
      #expect(result.ending == .exit(0), "\(name): \(result.errors)")
    }
  }

  @Test("a library in another folder does not load", .enabled(if: SandboxOutcome.isKernelComplete))
  func elsewhere() throws {
    let site = try SandboxSite(user: .current)
    let other = try site.folder.write(
      "outside/linear.so", site.folder.bytes(of: CCompiler.plugin("linear.c")))
    let arguments = ["--plugin", other, "--profile-of", site.plugin]
    #expect(try site.run(arguments).ending == .exit(4))
    #expect(try site.run(arguments + ["--read", other]).ending == .exit(0))
    #expect(try site.run(arguments + ["--outside"]).ending == .exit(0))
  }

  @Test("a process with a second thread is turned away")
  func secondThread() throws {
    let result = try SandboxSite(user: .current).run(["--second-thread"])
    #expect(result.ending == .exit(3))
    #expect(result.errors == "a process with 1 other threads cannot enter a sandbox\n")
  }

  @Test(
    "a layer that is required and missing is an error, and one that is there is not",
    arguments: [("files", "KERNEL_LANDLOCK"), ("system-calls", "KERNEL_FILTER")])
  func required(layer: String, variable: String) throws {
    let site = try SandboxSite(user: .current)
    let result = try site.run(["--require", layer], kernel: [variable: "0"])
    #expect(result.ending == .exit(3))
    let absence = try #require(SandboxLayer(rawValue: layer)).absence
    #expect(result.errors == absence + "\n")
    guard SandboxOutcome.isKernelComplete else { return }
    #expect(try site.run(["--require", "files", "--require", "system-calls"]).ending == .exit(0))
  }

  @Test("a path that is not there opens nothing and is no error")
  func absentPath() throws {
    let site = try SandboxSite(user: .current)
    let absent = site.folder("absent")
    let result = try site.run(["--read", absent, "--read", absent + "/deeper", "--write", absent])
    #expect(result.ending == .exit(0))
  }
}

import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("SandboxProfile")
struct SandboxProfileTests {
  private let folder: TemporaryFolder
  private let home: String
  private let plugins: String

  init() throws {
    folder = try TemporaryFolder()
    home = try folder.makeFolder("home")
    plugins = try folder.makeFolder("home/plugins")
  }

  private func readable(_ plugin: String, home: String?) throws -> [String] {
    let path = try folder.write(plugin, "a plugin")
    return SandboxProfile.plugin(at: path, homes: home.map { [$0] } ?? []).readable
  }

  @Test("a plugin's folder is readable, and nothing is writable but the null device")
  func ordinary() throws {
    let path = try folder.write("home/plugins/x.so", "a plugin")
    let profile = SandboxProfile.plugin(at: path, homes: [home])
    #expect(profile.readable.contains(plugins))
    #expect(!profile.readable.contains(path))
    #expect(profile.writable == ["/dev/null"])
    #expect(!profile.allowsThreads && !profile.allowsNetwork && !profile.allowsGPU)
    #expect(profile.memoryLimit == nil)
  }

  @Test("the home folder, what is above it, and shared folders are not opened for a plugin in them")
  func alone() throws {
    for name in ["home/x.so", "x.so"] {
      let opened = try readable(name, home: home)
      #expect(opened.contains(folder(name)))
      #expect(!opened.contains(home) && !opened.contains(folder.path))
    }
    try folder.makeFolder("shared", mode: 0o1777)
    let opened = try readable("shared/x.so", home: home)
    #expect(opened.contains(folder("shared/x.so")))
    #expect(!opened.contains(folder("shared")))
  }

  @Test("each of several home folders keeps its own")
  func homes() throws {
    let other = try folder.makeFolder("other")
    let path = try folder.write("other/x.so", "a plugin")
    let opened = SandboxProfile.plugin(at: path, homes: ["/nonexistent", home, other]).readable
    #expect(opened.contains(path) && !opened.contains(other))
    #expect(SandboxProfile.plugin(at: path, homes: [home]).readable.contains(other))
  }

  @Test("the system knows this user's home, whatever HOME says")
  func listedHome() throws {
    let homes = HomeFolders.current()
    let listed = try #require(getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) })
    #expect(homes.contains(listed))
    if let named = getenv("HOME") { #expect(homes.first == String(cString: named)) }
  }

  @Test("links do not hide what a folder is")
  func links() throws {
    symlink(home, folder("house"))
    #expect(try readable("house/x.so", home: home).contains(home + "/x.so"))
    #expect(try readable("home/y.so", home: folder("house")).contains(home + "/y.so"))
    try folder.write("home/plugins/real.so", "a plugin")
    symlink(plugins + "/real.so", folder("link.so"))
    let opened = SandboxProfile.plugin(at: folder("link.so"), homes: [home]).readable
    #expect(opened.contains(plugins))
    #expect(!opened.contains(folder.path))
  }

  @Test("a folder whose name only begins like the home folder's is none above it")
  func prefix() throws {
    try folder.makeFolder("ho")
    #expect(try readable("ho/x.so", home: home).contains(folder("ho")))
  }

  @Test("the folder of this process's Swift run-time is readable, once")
  func mappedLibraries() throws {
    let opened = try readable("home/plugins/x.so", home: home)
    #expect(opened.contains { access($0 + "/libswiftCore.so", R_OK) == 0 })
    #expect(Set(opened).count == opened.count)
    #expect(!opened.contains("/"))
  }

  @Test("the devices of graphics processors are known by their names")
  func graphics() throws {
    let devices = try folder.makeFolder("dev")
    for name in ["null", "nvidiactl", "nvidia0", "kfd", "dri", "sda", "mem"] {
      try folder.write("dev/" + name, "")
    }
    #expect(
      GraphicsDevices.nodes(in: devices)
        == ["dri", "kfd", "nvidia0", "nvidiactl"].map { devices + "/" + $0 })
    #expect(GraphicsDevices.nodes(in: folder("absent")) == [])
  }
}

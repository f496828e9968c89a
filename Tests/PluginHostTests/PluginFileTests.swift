import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("PluginFile")
struct PluginFileTests {
  private let folder: TemporaryFolder
  private let plugin: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    plugin = try folder.bytes(of: CCompiler.plugin("variant.c"))
  }

  private func copy(_ name: String = "copy.so", _ change: (inout [UInt8]) -> Void = { _ in }) throws
    -> String
  {
    var bytes = plugin
    change(&bytes)
    return try folder.write(name, bytes)
  }

  @Test("a good file is known by path, name and digest")
  func good() throws {
    let path = try copy("libnice.so")
    let file = try PluginFile(checking: path)
    #expect(file.path == path)
    #expect(file.name == "libnice.so")
    let peer = try runProgram("/usr/bin/sha256sum", arguments: [Array(path.utf8)])
    #expect(file.sha256 == peer.output.prefix(64))
  }

  @Test("a symbolic link is followed and keeps its own name")
  func link() throws {
    let target = try copy()
    let link = folder("link.so")
    symlink(target, link)
    let file = try PluginFile(checking: link)
    #expect(file.path == link)
    #expect(file.sha256 == (try PluginFile(checking: target).sha256))
    #expect(try PluginClassifier.open(link, environment: Fixture.environment).fileName == "link.so")
  }

  @Test("missing file and broken link")
  func missing() throws {
    expect(.notFound, saying: "no such file") { _ = try PluginFile(checking: folder("no.so")) }
    symlink("/nowhere", folder("broken.so"))
    expect(.notFound, saying: "broken.so", "no such file") {
      _ = try PluginFile(checking: folder("broken.so"))
    }
  }

  @Test("folder, named pipe and device are no plugins, and nothing waits for them")
  func notRegular() throws {
    try folder.makeFolder("dir.so")
    expect(.notLoadable, saying: "is a folder") { _ = try PluginFile(checking: folder("dir.so")) }
    mkfifo(folder("pipe.so"), 0o600)
    expect(.notLoadable, saying: "is a named pipe") {
      _ = try PluginFile(checking: folder("pipe.so"))
    }
    expect(.notLoadable, saying: "is a device") { _ = try PluginFile(checking: "/dev/null") }
  }

  @Test("a file that every user can write is refused")
  func worldWritable() throws {
    let path = try copy()
    chmod(path, 0o646)
    expect(.unsafeFile, saying: "written by every user", "chmod o-w") {
      _ = try PluginFile(checking: path)
    }
    chmod(path, 0o664)
    _ = try PluginFile(checking: path)
  }

  @Test("a folder that every user can write is refused, unless it is sticky and the file ours")
  func worldWritableFolder() throws {
    try folder.makeFolder("open", mode: 0o777)
    let path = try copy("open/p.so")
    expect(.unsafeFile, saying: "the folder \"\(folder("open"))\"", "chmod o-w") {
      _ = try PluginFile(checking: path)
    }
    symlink(path, folder("link.so"))
    expect(.unsafeFile, saying: "the folder \"\(folder("open"))\"") {
      _ = try PluginFile(checking: folder("link.so"))
    }
    chmod(folder("open"), 0o1777)
    _ = try PluginFile(checking: path)
    _ = try PluginFile(checking: folder("link.so"))
  }

  @Test("another user's file in a sticky folder is refused", .enabled(if: geteuid() == 0))
  func foreignFile() throws {
    try folder.makeFolder("sticky", mode: 0o1777)
    let path = try copy("sticky/p.so")
    chown(path, 12345, 12345)
    expect(.unsafeFile, saying: "the folder") { _ = try PluginFile(checking: path) }
  }

  @Test("what is no ELF file", arguments: ["#!/usr/bin/env python3\nprint(1)\n", "MZ", "\u{7f}EL"])
  func notElf(text: String) throws {
    let path = try folder.write("script.so", text)
    expect(.notLoadable, saying: "no shared library", "cc -shared") {
      _ = try PluginFile(checking: path)
    }
  }

  @Test("an empty file")
  func empty() throws {
    let path = try folder.write("empty.so", "")
    expect(.notLoadable, saying: "the file is empty") { _ = try PluginFile(checking: path) }
  }

  @Test("a file cut anywhere before the end of what the loader maps is refused, never mapped")
  func truncated() throws {
    for length in [4, 16, 63, 64, 100, 64 + 56, plugin.count / 4, plugin.count / 2] {
      let path = try copy { $0.removeSubrange(length...) }
      expect(.notLoadable, saying: "truncated") { _ = try PluginFile(checking: path) }
    }
  }

  @Test(
    "another machine's library is named as such",
    arguments: [(183, "aarch64"), (40, "arm"), (62, "x86-64"), (999, "machine type 999")])
  func machine(number: Int, name: String) throws {
    let own = Int(plugin[18]) | Int(plugin[19]) << 8
    let path = try copy {
      $0[18] = UInt8(number & 0xff)
      $0[19] = UInt8(number >> 8)
    }
    if number == own { return _ = try PluginFile(checking: path) }
    let here = own == 62 ? "this machine is x86-64" : "this machine is"
    expect(.notLoadable, saying: "built for \(name)", here) { _ = try PluginFile(checking: path) }
  }

  @Test("a file replaced or cut between check and loading is not loaded")
  func changed() throws {
    for replacement in [plugin, Array(plugin.prefix(100))] {
      let path = try copy()
      let file = try PluginFile(checking: path)
      let other = try folder.write("other.so", replacement)
      rename(other, path)
      expect(.unsafeFile, saying: "changed while it was being loaded") {
        _ = try PluginLibrary(loading: file)
      }
    }
  }

  @Test("a 32-bit library and an object file")
  func otherElf() throws {
    let narrow = try copy { $0[4] = 1 }
    expect(.notLoadable, saying: "32-bit") { _ = try PluginFile(checking: narrow) }
    let object = try copy { $0[16] = 1 }
    expect(.notLoadable, saying: "object file", "cc -shared") {
      _ = try PluginFile(checking: object)
    }
  }
}

import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("PluginLocator")
struct PluginLocatorTests {
  /// Every kind of place exists, and none holds a plugin yet.
  private struct World {
    let folder: TemporaryFolder
    var environment: PluginSearchEnvironment

    init() throws {
      folder = try TemporaryFolder()
      for name in [
        "dir", "path1", "path2", "data", "data/textexplain", "data/textexplain/plugins", "prefix",
        "prefix/bin", "prefix/lib", "prefix/lib/textexplain", "prefix/lib/textexplain/plugins",
        "cwd",
      ] { try folder.makeFolder(name) }
      environment = PluginSearchEnvironment(
        pluginDirectories: [folder("dir")], pluginPath: folder("path1") + ":" + folder("path2"),
        dataHome: folder("data"), home: folder("home"),
        executable: folder("prefix/bin/textexplain"), workingDirectory: folder("cwd"))
    }

    func search(_ name: String) throws -> PluginSearch {
      try PluginLocator(environment).search(name)
    }
  }

  private static let order: [(String, PluginSearch.Origin)] = [
    ("dir", .pluginDirectory), ("path1", .pluginPath), ("path2", .pluginPath),
    ("data/textexplain/plugins", .dataHome), ("prefix/bin", .executable),
    ("prefix/lib/textexplain/plugins", .installation),
  ]

  @Test("folders are searched in order, STEM.so before libSTEM.so, up to the first find")
  func searchOrder() throws {
    let world = try World()
    // From the last place to the first: each new file has to win over all those after it.
    for (count, (place, origin)) in Self.order.enumerated().reversed() {
      for (offset, file) in ["nice.so", "libnice.so"].enumerated().reversed() {
        let path = try world.folder.write(place + "/" + file, "")
        let search = try world.search("nice")
        #expect(search.path == path)
        #expect(search.places.count == 2 * count + offset + 1)
        #expect(search.places.last?.origin == origin)
        #expect(search.places.dropLast().allSatisfy { $0.finding == .absent })
        #expect(try world.search("nice.so").places == search.places)
      }
    }
  }

  @Test("only one .so is cut off, and nothing else")
  func suffix() throws {
    let world = try World()
    try world.folder.write("dir/model.v2.so.so", "")
    #expect(try world.search("model.v2.so.so").path == world.folder("dir/model.v2.so.so"))
    #expect(try world.search("model.v2.so").path == nil)
    #expect(try world.search("model.v2").path == nil)
  }

  @Test("a name with a slash is that file, from the working directory")
  func slash() throws {
    let world = try World()
    let path = try world.folder.write("cwd/mine.so", "")
    for name in ["./mine.so", ".//./mine.so", world.folder("cwd/mine.so"), "../cwd/mine.so"] {
      let search = try world.search(name)
      #expect(search.places.map(\.origin) == [.name])
      #expect(search.path == (name.hasPrefix("..") ? world.folder("cwd/../cwd/mine.so") : path))
    }
    try world.folder.write("dir/other.so", "")
    expect(.notFound, saying: "\"./other.so\"", "without a slash") {
      _ = try world.search("./other.so").foundPath()
    }
  }

  @Test("the working directory is never searched, and the error says what to write")
  func workingDirectory() throws {
    let world = try World()
    try world.folder.write("cwd/sentiment.so", "")
    let search = try world.search("sentiment")
    #expect(search.path == nil)
    #expect(search.ignoredInWorkingDirectory == "sentiment.so")
    expect(.notFound, saying: "\"sentiment\" not found", "write ./sentiment.so", "not searched") {
      _ = try search.foundPath()
    }
    // A folder of that name could not be meant.
    _ = try world.folder.makeFolder("cwd/mine")
    #expect(try world.search("mine").ignoredInWorkingDirectory == nil)
    try world.folder.write("dir/libsentiment.so", "")
    #expect(try world.search("sentiment").path == world.folder("dir/libsentiment.so"))
  }

  @Test("the error lists every place")
  func listsPlaces() throws {
    let world = try World()
    let error = #expect(throws: PluginError.self) { try world.search("absent").foundPath() }
    for (place, _) in Self.order {
      for file in ["absent.so", "libabsent.so"] {
        #expect(error?.help?.contains(world.folder(place) + "/" + file) == true)
      }
    }
    #expect(error?.category == .unavailable)
  }

  @Test(
    "empty and relative elements of the path variable are errors",
    arguments: ["/a:", ":/a", "/a::/b", "a", "/a:b/c"])
  func badPath(value: String) {
    let environment = PluginSearchEnvironment(pluginPath: value, workingDirectory: "/")
    expect(.invalidName, saying: "TEXTEXPLAIN_PLUGIN_PATH") {
      _ = try PluginLocator(environment).search("x")
    }
  }

  @Test("a name that is none is an error", arguments: ["", ".so", ".", "..", "a\0b"])
  func badName(name: String) {
    let environment = PluginSearchEnvironment(workingDirectory: "/")
    expect(.invalidName) { _ = try PluginLocator(environment).search(name) }
    #expect(PluginError(.invalidName, "").category == .usage)
  }

  @Test("user folder: XDG_DATA_HOME if absolute, else below HOME, else none")
  func userFolder() throws {
    func folders(_ dataHome: String?, _ home: String?) throws -> [String] {
      let environment = PluginSearchEnvironment(
        dataHome: dataHome, home: home, workingDirectory: "/")
      return try PluginLocator(environment).search("x").places.map(\.path)
    }
    let byDefault = [
      "/h/.local/share/textexplain/plugins/x.so", "/h/.local/share/textexplain/plugins/libx.so",
    ]
    #expect(try folders(nil, "/h") == byDefault)
    #expect(try folders("", "/h") == byDefault)
    #expect(try folders("relative", "/h") == byDefault)
    #expect(try folders("/d", "/h").first == "/d/textexplain/plugins/x.so")
    #expect(try folders(nil, nil) == [])
    #expect(try folders(nil, "relative") == [])
  }

  @Test("a relative --plugin-dir starts at the working directory, an empty one is an error")
  func pluginDirectory() throws {
    var environment = PluginSearchEnvironment(pluginDirectories: ["sub/."], workingDirectory: "/w")
    #expect(try PluginLocator(environment).search("x").places.first?.path == "/w/sub/x.so")
    environment.pluginDirectories = [""]
    expect(.invalidName, saying: "--plugin-dir") {
      _ = try PluginLocator(environment).search("x")
    }
  }

  @Test("what bears the name ends the search, even a folder or a broken link")
  func firstFindWins() throws {
    let world = try World()
    try world.folder.write("path1/nice.so", "")
    symlink("/nowhere/at/all", world.folder("dir/nice.so"))
    #expect(try world.search("nice").path == world.folder("dir/nice.so"))
  }

  @Test("this process: its own program and folder")
  func current() {
    let environment = PluginSearchEnvironment.current(pluginDirectories: ["a"])
    #expect(environment.executable?.hasPrefix(BuildProducts.directory + "/") == true)
    #expect(environment.workingDirectory.hasPrefix("/"))
    #expect(environment.pluginDirectories == ["a"])
  }
}

import Classification
import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("How plugins are run")
struct WorkerHostingTests {
  @Test(
    "scores do not depend on the number of workers",
    arguments: ["TX_IS_BATCH_INVARIANT", "0"])
  func threads(flags: String) throws {
    let batch = TextBatch((0..<320).map { String(repeating: "x", count: $0 % 17) })
    var results: [ScoreMatrix] = []
    for threads in [1, 2, 8] {
      let plugin = try Hostile.open(["FLAGS": flags, "DELAY_US": "1000"]) { $0.threads = threads }
      let worker = try #require(plugin as? WorkerClassifier)
      _ = try worker.scores(of: TextBatch(["the full text"]))
      worker.expect(rows: 20_000)
      _ = try worker.scores(of: TextBatch((0..<64).map(String.init)))
      results.append(try worker.scores(of: batch))
      #expect(worker.workerCount == threads)
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test("little work starts no second worker")
  func oneWorker() throws {
    let plugin = try Hostile.open { $0.threads = 8 }
    let worker = try #require(plugin as? WorkerClassifier)
    worker.expect(rows: 10_000)
    for _ in 0..<20 { _ = try worker.scores(of: TextBatch((0..<256).map(String.init))) }
    #expect(worker.workerCount == 1)
  }

  @Test("a plugin that needs the network does not get it unasked")
  func network() throws {
    expect(.needsPermission, saying: "needs the network", "--allow network") {
      _ = try Hostile.open(["NEEDS": "TX_NEEDS_NETWORK"])
    }
    let log = PluginLogRecorder()
    let path = ["NEEDS": "TX_NEEDS_NETWORK", "ON_CREATE": "steal(\"/nowhere\")"]
    _ = try Hostile.open(path, log: log) { $0.allowsNetwork = true }
    // Reading still fails, the socket is there, programs stay out of reach.
    #expect(log.texts.first?.split(separator: " ")[1] == "0")
    #expect(log.texts.first?.split(separator: " ")[2] != "0")
  }

  @Test("threads and a scratch folder are granted silently, the folder vanishes")
  func needs() throws {
    let log = PluginLogRecorder()
    let write = """
      do { char path[200]; int f; snprintf(path, 200, "%s/x", getenv("TMPDIR")); \
      f = open(path, O_CREAT | O_WRONLY, 0600); fprintf(stderr, "%d %s\\n", f >= 0, getenv("TMPDIR")); \
      } while (0)
      """
    do {
      let plugin = try Hostile.open(
        ["NEEDS": "(TX_NEEDS_THREADS | TX_NEEDS_SCRATCH)", "ON_CREATE": write], log: log)
      #expect(try plugin.scores(of: TextBatch(["abc"])).values == [3])
      _ = try? plugin.scores(of: TextBatch(["crash"]))
    }
    let line = try #require(log.texts.first { $0.hasPrefix("stderr: ") })
    #expect(line.hasPrefix("stderr: 1 "))
    #expect(access(String(line.dropFirst(10)), F_OK) != 0)
  }

  @Test("exactly the file that an option names can be read")
  func fileOption() throws {
    let folder = try TemporaryFolder()
    let model = try folder.write("model.bin", "1")
    let other = try folder.write("other.bin", "2")
    func code(_ path: String, _ options: [String]) throws -> String? {
      let log = PluginLogRecorder()
      _ = try Hostile.open(["ON_CREATE": "steal(\"\(path)\")"], options: options, log: log)
      return log.texts.first?.split(separator: " ").first.map(String.init)
    }
    #expect(try code(model, ["model=\(model)"]) == "0")
    #expect(try code(other, ["model=\(model)"]) == "\(EACCES)")
    #expect(try code(model, []) == "\(EACCES)")
  }

  @Test("an unsafe file is loaded only when told so, with a warning")
  func unsafeFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("p.so", folder.bytes(of: CCompiler.plugin("hostile.c")))
    chmod(path, 0o666)
    expect(.unsafeFile, saying: "every user") { _ = try Hostile.inWorker(path) }
    let log = PluginLogRecorder()
    _ = try Hostile.inWorker(path, log: log) { $0.allowsUnsafeFile = true }
    #expect(log.messages.first?.level == .warning)
    #expect(log.texts.first?.contains("written by every user") == true)
  }

  @Test("a link that leads out of its folder is loaded from where it leads")
  func link() throws {
    let folder = try TemporaryFolder()
    symlink(try CCompiler.plugin("hostile.c"), folder("link.so"))
    let plugin = try Hostile.inWorker(folder("link.so"))
    #expect(plugin.fileName == "link.so")
    #expect(try plugin.scores(of: TextBatch(["ab"])).values == [2])
  }

  @Test("a pinned digest is checked, and what was hashed runs whatever happens to the file")
  func pinned() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.bytes(of: CCompiler.plugin("hostile.c"))
    let path = try folder.write("p.so", bytes)
    expect(.unsafeFile, saying: "SHA-256", "not 0000") {
      _ = try Hostile.inWorker(path) { $0.pinnedSHA256 = String(repeating: "0", count: 64) }
    }
    let digest = try PluginFile(checking: path).sha256
    let plugin = try Hostile.inWorker(path) { $0.pinnedSHA256 = digest }
    try folder.write("p.so", [UInt8](repeating: 0, count: bytes.count))
    #expect(try plugin.scores(of: TextBatch(["abc"])).values == [3])
    _ = try? plugin.scores(of: TextBatch(["crash"]))
    #expect(try plugin.scores(of: TextBatch(["abcd"])).values == [4])
  }

  @Test(
    "a program that is no worker is refused",
    arguments: [
      ("/bin/true", "exit code 0"), ("/bin/cat", "is no worker"), ("/nonexistent", "no such file"),
    ])
  func noWorker(program: String, story: String) throws {
    expect(.workerUnavailable, saying: program, story) {
      _ = try Hostile.open { hosting in
        hosting.worker = program
        hosting.timeout = .seconds(1)
      }
    }
  }

  @Test("a library is described without opening a model")
  func describe() throws {
    let path = try CCompiler.plugin("hostile.c", ["ON_CREATE": "abort()"])
    let (file, library) = try PluginHosting().describe(path)
    #expect(file.path == path)
    #expect(library.classifiers.map(\.id) == ["org.example.hostile"])
    #expect(library.classifiers[0].options.map(\.kind) == [.file])
  }

  @Test("the complete sandbox can be demanded")
  func requiredSandbox() throws {
    let plugin = try Hostile.open { $0.requiresSandbox = true }
    #expect(try plugin.scores(of: TextBatch(["a"])).values == [1])
  }
}

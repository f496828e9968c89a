import CTextExplain
import Classification
import PluginHost
import Testing
import _TestSupport

@Suite("A binary of 1.0 serves every later host of major version 1, and the reverse")
struct AbiPromiseTests {
  private static let folder = Repository.path("Tests/Fixtures/ABI/1.0")

  private static func released(_ file: String) throws -> String {
    try TemporaryFolder().read(folder + "/" + file)
  }

  /// The plugin built from the header of 1.0.
  static func plugin() throws -> String {
    try CCompiler.library(from: folder + "/plugin.c", header: folder)
  }

  @Test("a plugin built from the header of 1.0 is described, opened and scored")
  func loads() throws {
    let log = PluginLogRecorder()
    let classifier = try PluginClassifier.open(
      try Self.plugin(), options: [PluginOption(parsing: "factor=3")],
      environment: Fixture.environment
    ) { log.record($0) }
    #expect(classifier.description.id == "org.example.first")
    #expect(classifier.description.labels == ["bytes"])
    #expect(classifier.description.outputKind == .regression)
    #expect(classifier.description.maximumBatch == 5)
    #expect(classifier.description.maximumTextBytes == 1000)
    #expect(classifier.description.modelID == "sha256:1.0")
    #expect(log.texts == ["opened"])
    let texts = ["", "a", "né", "a\0b", "12345678", "x", "yy"]
    let scores = try classifier.scores(of: TextBatch(texts))
    #expect(scores.values == texts.map { 3 * Double($0.utf8.count) })
    let masking = Masking(text: Array("one two".utf8), pieces: [0..<3, 4..<7], absent: .remove)
    let scorer = try #require(try classifier.maskedScorer(for: masking))
    #expect(try scorer.scores(ofMasks: [0, 1, 2, 3], rows: 4).values == [3, 12, 12, 21])
    expect(.invalidOption, saying: "factor") {
      _ = try PluginClassifier.open(
        try Self.plugin(), options: [PluginOption(parsing: "factor=x")],
        environment: Fixture.environment)
    }
  }

  /// A struct in memory of its own, as a host of another minor version allocates it: the bytes behind `size`,
  /// and those of fields that this version does not know, are rubbish.
  private static func with<Table, Result>(
    _ table: Table, size: Int, _ body: (UnsafeMutablePointer<Table>) throws -> Result
  ) throws -> Result {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 16)
    defer { room.deallocate() }
    for i in room.indices { room[i] = 0xAB }
    withUnsafeBytes(of: table) { bytes in
      for i in 0..<min(size, bytes.count) { room[i] = bytes[i] }
    }
    room.storeBytes(of: UInt32(size), as: UInt32.self)
    let base = try #require(room.baseAddress)
    let result = try body(base.assumingMemoryBound(to: Table.self))
    for i in size..<256 { #expect(room[i] == 0xAB, "byte \(i) of \(Table.self) is written to") }
    return result
  }

  private static func plugins() throws -> [String] {
    [
      try plugin(), try CCompiler.library(from: Repository.path("Plugins/templates/c/keywords.c")),
      BuildProducts.directory + "/libsentiment.so",
    ]
  }

  @Test("structs of a newer and of an older host work with plugins in C and in Swift")
  func growth() throws {
    for path in try Self.plugins() {
      let raw = try RawPlugin(path)
      let text = "good and bad"
      for isNewer in [true, false] {
        // An older host ends before ctx, before log, before message, before row_flags.
        let sizes = isNewer ? [200, 200, 200, 200] : [24, 32, 16, 32]
        var call = tx_call()
        call.should_stop = { _ in 1 }
        if isNewer { call.should_stop = { _ in 0 } }
        var host = tx_host()
        host.log = { _, _, _, _ in }
        var instance: OpaquePointer?
        let created = try Self.with(host, size: sizes[1]) { host in
          let code = try Self.with(call, size: sizes[0]) {
            raw.classifier.pointee.create(raw.classifier, host, nil, 0, $0, &instance, nil)
          }
          defer { if let instance { raw.classifier.pointee.destroy(instance) } }
          #expect(Int(code) == TX_OK, "\(path)")
          let info = try #require(raw.classifier.pointee.info(instance))
          let outputs = info.pointee.outputs
          let expected = try raw.predict([text], outputs: Int(outputs), stride: Int(outputs))
          var row = [Double](repeating: 0, count: Int(outputs))
          var flags: [UInt8] = [0]
          let scored = try row.withUnsafeMutableBufferPointer { row in
            try flags.withUnsafeMutableBufferPointer { flags in
              let scores = tx_scores(
                size: 0, outputs: outputs, rows: 1, row_stride: Int(outputs),
                scores: row.baseAddress, row_flags: flags.baseAddress)
              return try Self.with(scores, size: sizes[3]) { scores in
                try Self.with(call, size: sizes[0]) { call in
                  raw.withTexts([text]) {
                    raw.classifier.pointee.predict(
                      instance, call, $0.baseAddress, 1, scores, nil)
                  }
                }
              }
            }
          }
          #expect(Int(scored) == TX_OK)
          #expect(row == expected)
          return code
        }
        #expect(Int(created) == TX_OK)
        var room = [CChar](repeating: 0, count: 100)
        let refused = try room.withUnsafeMutableBufferPointer { room in
          let error = tx_error(
            size: 0, capacity: 100, length: 0, reserved: 0, message: room.baseAddress)
          return try Self.with(error, size: sizes[2]) { error in
            let code = raw.withOptions(["no-such-option=1"]) {
              raw.classifier.pointee.create(
                raw.classifier, nil, $0.baseAddress, $0.count, nil, &instance, error)
            }
            if isNewer { #expect(error.pointee.length > 0) }
            return code
          }
        }
        #expect(Int(refused) == TX_E_OPTION)
        #expect((room[0] != 0) == isNewer)
      }
    }
  }

  @Test("the header differs from that of 1.0 by additions at most")
  func onlyAdditions() throws {
    let released = try HeaderListing(Self.released("textexplain_plugin.h"))
    #expect(released.count > 150)
    let current = try TemporaryFolder().read(
      Repository.path("Sources/CTextExplain/include/textexplain_plugin.h"))
    #expect(try released.breaches(in: HeaderListing(current)) == [])
  }

  @Test(
    "additions pass",
    arguments: [
      ("    uint64_t seed;", nil),
      ("    TX_E_HOST = -12 ", "    TX_E_HOST = -12, TX_E_LATER = -13 "),
      ("#define TX_ABI_MINOR 0u", "#define TX_ABI_MINOR 1u"),
      (
        "    int32_t (*should_stop)(void *ctx);",
        "    int32_t (*should_stop)(void *ctx); double later;"
      ),
      ("#define TX_EXT_MASKED", "#define TX_LATER 1\n#define TX_EXT_MASKED"),
      ("/* Some text,", "/* Any text,"),
    ])
  func addition(old: String, new: String?) throws {
    let header = try Self.released("textexplain_plugin.h")
    let changed = header.replacing(old, with: new ?? old + " ")
    #expect(changed != header)
    #expect(try HeaderListing(header).breaches(in: HeaderListing(changed)) == [])
  }

  @Test(
    "anything else is caught",
    arguments: [
      ("    uint64_t seed;", "", "tx_call is changed"),
      ("    uint64_t seed;", "    uint64_t sown;", "tx_call is changed"),
      ("    uint64_t seed;", "    uint32_t seed;", "tx_call is changed"),
      (
        "    uint64_t deadline_ns;", "    double early; uint64_t deadline_ns;", "tx_call is changed"
      ),
      (
        "int32_t (*should_stop)(void *ctx)", "int64_t (*should_stop)(void *ctx)",
        "tx_call is changed"
      ),
      ("TX_E_MODEL = -4,", "TX_E_MODEL = -14,", "enum of TX_OK = 0 is changed"),
      ("TX_E_MODEL = -4,", "", "enum of TX_OK = 0 is changed"),
      ("    TX_E_NOMEM", "    TX_E_LATER = -13, TX_E_NOMEM", "enum of TX_OK = 0 is changed"),
      ("    size_t len;", "    size_t len; int encoding;", "tx_text has grown"),
      ("#define TX_ABI_MAJOR 1u", "#define TX_ABI_MAJOR 2u", "TX_ABI_MAJOR 1u is gone"),
      ("textexplain.tokens/1\"", "textexplain.tokens/2\"", "TX_EXT_TOKENS"),
      (
        "typedef int32_t tx_result", "typedef int64_t tx_result",
        "typedef int32_t tx_result is gone"
      ),
      ("textexplain_plugin_v1(uint32_t host_minor)", "textexplain_plugin_v1(void)", "is gone"),
      (
        "const tx_sink *terms, tx_error *error);",
        "const tx_sink *terms, tx_error *error); int more;",
        "tx_ext_linear has grown"
      ),
    ])
  func breach(old: String, new: String, complaint: String) throws {
    let header = try Self.released("textexplain_plugin.h")
    let changed = header.replacing(old, with: new)
    #expect(changed != header)
    let breaches = try HeaderListing(header).breaches(in: HeaderListing(changed))
    #expect(breaches.count == 1 && breaches[0].contains(complaint), "\(breaches)")
  }

  @Test("the layout of the released header is the one that is checked today")
  func releasedLayout() throws {
    let layout = Repository.path("Tests/Fixtures/Plugins/layout.c")
    #expect(try CCompiler.diagnostics(of: layout, standard: "c99", header: Self.folder) == nil)
  }
}

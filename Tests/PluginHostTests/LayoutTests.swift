import CTextExplain
import Testing
import _TestSupport

@Suite("Layout of the plugin contract")
struct LayoutTests {
  @Test("Swift sees the sizes and offsets of version 1.0")
  func swiftLayout() {
    expect(tx_text.self, frozen: 16, [(\.data, 0), (\.len, 8)])
    expect(tx_option.self, frozen: 32, [(\.key, 0), (\.value, 16)])
    expect(
      tx_error.self, 24,
      [(\.size, 0), (\.capacity, 4), (\.length, 8), (\.reserved, 12), (\.message, 16)])
    expect(tx_sink.self, 24, [(\.size, 0), (\.record_size, 4), (\.ctx, 8), (\.put, 16)])
    expect(
      tx_host.self, 40,
      [(\.size, 0), (\.abi_minor, 4), (\.ctx, 8), (\.name, 16), (\.version, 24), (\.log, 32)])
    expect(
      tx_call.self, 40,
      [
        (\.size, 0), (\.flags, 4), (\.deadline_ns, 8), (\.seed, 16), (\.ctx, 24),
        (\.should_stop, 32),
      ])
    expect(
      tx_info.self, 72,
      [
        (\.size, 0), (\.output_kind, 4), (\.outputs, 8), (\.threading, 12), (\.labels, 16),
        (\.languages, 24), (\.flags, 32), (\.preferred_batch, 36), (\.max_batch, 40),
        (\.max_text_bytes, 44), (\.model_id, 48), (\.tolerance, 56), (\.typical_cost_us, 64),
        (\.reserved, 68),
      ])
    expect(
      tx_scores.self, 40,
      [
        (\.size, 0), (\.outputs, 4), (\.rows, 8), (\.row_stride, 16), (\.scores, 24),
        (\.row_flags, 32),
      ])
    expect(
      tx_option_spec.self, 40,
      [(\.size, 0), (\.type, 4), (\.key, 8), (\.doc, 16), (\.default_value, 24), (\.choices, 32)])
    expect(
      tx_classifier.self, 120,
      [
        (\.size, 0), (\.flags, 4), (\.needs, 8), (\.option_count, 12), (\.options, 16), (\.id, 24),
        (\.name, 32), (\.version, 40), (\.vendor, 48), (\.license, 56), (\.description, 64),
        (\.url, 72), (\.create, 80), (\.destroy, 88), (\.info, 96), (\.predict, 104),
        (\.get_extension, 112),
      ])
    expect(
      tx_library.self, 32,
      [
        (\.size, 0), (\.abi_minor, 4), (\.classifier_count, 8), (\.reserved, 12),
        (\.classifiers, 16), (\.refusal, 24),
      ])
    expect(
      tx_token.self, frozen: 32,
      [(\.begin, 0), (\.end, 8), (\.id, 16), (\.flags, 24), (\.reserved, 28)])
    expect(tx_ext_tokens.self, frozen: 16, [(\.size, 0), (\.reserved, 4), (\.tokenize, 8)])
    expect(tx_piece.self, frozen: 16, [(\.begin, 0), (\.end, 8)])
    expect(
      tx_masking.self, 56,
      [
        (\.size, 0), (\.absent, 4), (\.text, 8), (\.filler, 24), (\.pieces, 40),
        (\.piece_count, 48),
      ])
    expect(
      tx_ext_masked.self, frozen: 32,
      [(\.size, 0), (\.absent_modes, 4), (\.prepare, 8), (\.score, 16), (\.release, 24)])
    expect(tx_term.self, frozen: 32, [(\.begin, 0), (\.end, 8), (\.value, 16), (\.feature, 24)])
    expect(
      tx_ext_linear.self, frozen: 16, [(\.size, 0), (\.terms_are_independent, 4), (\.terms, 8)])
  }

  @Test(
    "the header alone, and its layout, compile without a warning",
    arguments: ["c99", "c11"])
  func compiles(standard: String) throws {
    for source in [
      "Sources/CTextExplain/include/textexplain_plugin.h", "Tests/Fixtures/Plugins/layout.c",
    ] {
      let output = try CCompiler.diagnostics(of: Repository.path(source), standard: standard)
      #expect(output == nil)
    }
  }

  @Test("a changed offset would not compile")
  func layoutBites() throws {
    let folder = try TemporaryFolder()
    let text = try folder.read(Repository.path("Tests/Fixtures/Plugins/layout.c"))
    let source = try folder.write(
      "broken.c", text.replacing("FIELD(tx_info, outputs, 8)", with: "FIELD(tx_info, outputs, 12)"))
    let output = try CCompiler.diagnostics(of: source, standard: "c99")
    #expect(output?.contains("check_tx_info_outputs") == true)
  }

  @Test("structs with a size may grow at the end, the others may not")
  func growth() throws {
    let folder = try TemporaryFolder()
    let header = try folder.read(CCompiler.include + "/textexplain_plugin.h")
    let layout = Repository.path("Tests/Fixtures/Plugins/layout.c")
    let growing = [
      "tx_error", "tx_sink", "tx_host", "tx_call", "tx_info", "tx_scores", "tx_option_spec",
      "tx_classifier", "tx_library", "tx_masking",
    ]
    try folder.write("textexplain_plugin.h", try GrownHeader.growing(growing, in: header))
    for standard in ["c99", "c++11"] {
      let output = try CCompiler.diagnostics(of: layout, standard: standard, header: folder.path)
      #expect(output == nil)
    }
    for name in ["tx_text", "tx_token", "tx_ext_masked"] {
      try folder.write("textexplain_plugin.h", try GrownHeader.growing([name], in: header))
      let output = try CCompiler.diagnostics(of: layout, standard: "c99", header: folder.path)
      #expect(output?.contains("check_\(name)") == true, "\(name)")
    }
  }

  private func expect<Struct>(
    _ type: Struct.Type, frozen size: Int, _ fields: [(PartialKeyPath<Struct>, Int)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(MemoryLayout<Struct>.size == size, "\(type)", sourceLocation: sourceLocation)
    expect(type, size, fields, sourceLocation: sourceLocation)
  }

  /// A struct with a size, which may have grown since.
  private func expect<Struct>(
    _ type: Struct.Type, _ size: Int, _ fields: [(PartialKeyPath<Struct>, Int)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(MemoryLayout<Struct>.size >= size, "\(type)", sourceLocation: sourceLocation)
    for (field, offset) in fields {
      #expect(
        MemoryLayout<Struct>.offset(of: field) == offset, "\(type) \(field)",
        sourceLocation: sourceLocation)
    }
  }
}

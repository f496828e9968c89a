import CTextExplain
import Classification
import PluginHost
import Testing
import _TestSupport

@Suite("The tutorial")
struct TutorialTests {
  private static let texts: [(text: String, kind: Double, harsh: Double)] = [
    ("", 0, 0), ("a good cast", 1, 0), ("good great love", 3, 0), ("bad\0hate", 0, 2),
    ("goodness", 0, 0), ("I love it, bad as it is", 1, 1), ("好good好poor", 1, 1),
  ]

  private func path(_ step: Int) throws -> String {
    try CCompiler.library(from: Repository.path("Plugins/tutorial/step\(step).c"))
  }

  private func open(_ step: Int, _ options: String...) throws -> PluginClassifier {
    try PluginClassifier.open(
      try path(step), options: options.map { try PluginOption(parsing: $0) },
      environment: Fixture.environment)
  }

  @Test("every step scores (1 + s·kind) / (2 + s·kind + s·harsh)", arguments: 1...4)
  func scores(step: Int) throws {
    for strength in step == 1 ? [1.0] : [1, 0.25, 7] {
      let classifier =
        try step == 1 ? open(step) : open(step, "strength=\(strength)")
      let scores = try classifier.scores(of: TextBatch(Self.texts.map(\.text)))
      for (row, (text, kind, harsh)) in Self.texts.enumerated() {
        let expected = (1 + strength * kind) / (2 + strength * (kind + harsh))
        #expect(abs(scores.values[2 * row + 1] - expected) <= 1e-15, "\(text)")
        #expect(scores.values[2 * row] == 1 - scores.values[2 * row + 1])
      }
    }
  }

  @Test("every step passes every check of every level", arguments: 1...4)
  func conforms(step: Int) throws { try expectConforming(path(step), level: 4) }

  @Test("step 1 names the option that it does not take, in whatever room there is")
  func noOptions() throws {
    let raw = try RawPlugin(path(1))
    #expect(raw.create(["né=1"], errorCapacity: 100).message == "né")
    #expect(raw.create(["né=1"], errorCapacity: 2).message == "n")
    #expect(raw.create(["né=1"], errorCapacity: nil).code == TX_E_OPTION)
  }

  @Test("steps 1 and 2 bound the work of a call", arguments: 1...2)
  func limits(step: Int) throws {
    let raw = try RawPlugin(path(step))
    var call = tx_call()
    call.size = UInt32(MemoryLayout<tx_call>.size)
    let limit = try open(step).description.maximumTextBytes
    #expect(try raw.code(of: String(repeating: "x", count: limit), call: call) == TX_OK)
    #expect(try raw.code(of: String(repeating: "x", count: limit + 1), call: call) == TX_E_TOO_LONG)
  }

  @Test("from step 2 on options are refused by name", arguments: 2...4)
  func options(step: Int) throws {
    let raw = try RawPlugin(path(step))
    for value in ["0", "-1", "", "x", "1x", "nan", "inf", String(repeating: "1", count: 40)] {
      let answer = raw.create(["strength=" + value], errorCapacity: 100)
      #expect(answer.code == TX_E_OPTION, "\(value)")
      #expect(answer.message == "not a positive number: strength")
    }
    #expect(raw.create(["né=1"], errorCapacity: 100).message == "unknown option: né")
    #expect(raw.create(["né=1"], errorCapacity: 18).message == "unknown option: n")
    #expect(raw.create(["né=1"], errorCapacity: nil).code == TX_E_OPTION)
    #expect(raw.create(["strength=1", "strength=1"], errorCapacity: 0).code == TX_E_OPTION)
    expect(.invalidOption, saying: "strength") { _ = try open(step, "strength=many") }
  }

  @Test("from step 3 on a call can be stopped", arguments: 3...4)
  func stopping(step: Int) throws {
    let raw = try RawPlugin(path(step))
    var call = tx_call()
    call.size = UInt32(MemoryLayout<tx_call>.size)
    call.deadline_ns = 1
    #expect(try raw.code(of: "good", call: call) == TX_E_DEADLINE)
    call.should_stop = { _ in 1 }
    #expect(try raw.code(of: "good", call: call) == TX_E_CANCELLED)
  }

  @Test("from step 3 on masks score as their renderings", arguments: 3...4)
  func masked(step: Int) throws {
    let classifier = try open(step, "strength=0.3")
    let words = ["good", "plot", "bad", "love", "hate", "I"]
    var (text, pieces) = (Array("Well: ".utf8), [Range<Int>]())
    for index in 0..<70 {
      let begin = text.count
      text += Array(words[index * 5 % words.count].utf8)
      pieces.append(begin..<text.count)
      text += Array((index % 3 == 0 ? " (great) " : ", ").utf8)
    }
    let masking = Masking(text: text, pieces: pieces, absent: .remove)
    let scorer = try #require(try classifier.maskedScorer(for: masking))
    var (masks, texts, state) = ([UInt64](), TextBatch(), UInt64(7))
    for row in 0..<50 {
      for bits in [UInt64.max, 63] {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        masks.append(row == 0 ? bits : row == 1 ? 0 : (state ^ state >> 29) & bits)
      }
      masking.render(mask: masks[2 * row..<2 * row + 2], into: &texts)
    }
    let expected = try classifier.scores(of: texts).values
    let scored = try scorer.scores(ofMasks: masks[...], rows: 50).values
    #expect(zip(scored, expected).allSatisfy { abs($0 - $1) <= classifier.description.tolerance })
    // Parts of words, and glued ones, are declined.
    for pieces in [[0..<2], [0..<4, 4..<8], [3..<8]] {
      let masking = Masking(text: Array("goodkind".utf8), pieces: pieces, absent: .remove)
      #expect(try classifier.maskedScorer(for: masking) == nil)
    }
  }

  @Test("step 4 shows its tokens, and stops when the host refuses")
  func tokens() throws {
    let raw = try RawPlugin(path(4))
    let tokens = try raw.tokens(of: "Good, bad\0love né")
    #expect(tokens.map { [$0.begin, $0.end] } == [[1, 4], [6, 9], [10, 14], [15, 16]])
    #expect(tokens.map(\.id) == [-1, 3, 2, -1])
    #expect(tokens.map { Int($0.flags) } == [TX_TOKEN_UNKNOWN, 0, 0, TX_TOKEN_UNKNOWN])
    #expect(throws: TestFailure.self) {
      try raw.tokens(of: String(repeating: "a ", count: 200))
    }
  }

  @Test("what the page shows of the steps is in them")
  func page() throws {
    let folder = try TemporaryFolder()
    let steps = try (1...4).map { step in
      try folder.read(Repository.path("Plugins/tutorial/step\(step).c"))
    }
    let page = try folder.read(Repository.path("Plugins/README.md"))
    let blocks = page.split(separator: "```c\n").dropFirst().compactMap {
      $0.split(separator: "```").first
    }
    #expect(blocks.count >= 6)
    for block in blocks { #expect(steps.contains { $0.contains(block) }, "\(block)") }
  }
}

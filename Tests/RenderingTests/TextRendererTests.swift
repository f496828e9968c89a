import ExplanationModel
import Rendering
import Testing

/// Properties that hold for every document, and answers known beforehand.
@Suite struct TextRendererTests {
  @Test("no line is wider than the width", arguments: [20, 23, 31, 40, 57, 80, 120])
  func width(width: Int) throws {
    for seed in 0..<120 {
      let document = Samples.random(seed: seed)
      for isColoured in [false, true] {
        let text = TextRenderer(width: width, isColoured: isColoured).render(document)
        for line in withoutControlSequences(text).split(separator: "\n") {
          let columns = line.reduce(0) { $0 + $1.displayWidth }
          #expect(columns <= width, "seed \(seed), width \(width), \(columns) columns: \(line)")
        }
      }
    }
  }

  @Test("nor of Owen values, where every sentence has at most one line")
  func owenWidth() {
    for width in 24...90 {
      let text = TextRenderer(width: width).render(Samples.owen)
      for line in text.split(separator: "\n") {
        #expect(line.reduce(0) { $0 + $1.displayWidth } <= width, "\(width): \(line)")
      }
      let block = text.split(separator: "\n", omittingEmptySubsequences: false)
        .drop { !$0.hasPrefix(" sentences") }.prefix { !$0.isEmpty }
      // The heading, three sentences, and the one whose words cancel out.
      #expect(block.count == 5 && block.last?.hasPrefix(" … 1 more") == true, "\(text)")
    }
  }

  @Test("the strongest sentences come first, as many as the top, with the sums of their words")
  func sentences() {
    let text = TextRenderer(width: 60, top: 2).render(Samples.owen)
    #expect(text.contains("\n The room was spotless  "), "\(text)")
    #expect(text.lines(with: " The room was spotless ").allSatisfy { $0.hasSuffix("  +0.28") })
    #expect(text.lines(with: " Breakfast was cold on ").contains { $0.hasSuffix("…  −0.18") })
    #expect(text.contains("\n … 2 more within ±0.16\n"), "\(text)")
  }

  @Test("a width below 20 is taken as 20")
  func leastWidth() {
    #expect(
      TextRenderer(width: 3).render(Samples.english)
        == TextRenderer(width: 20).render(Samples.english))
  }

  @Test("the highlighted text without its styles, marks and isolates is the text")
  func stripping() throws {
    for seed in 0..<300 {
      let document = Samples.random(seed: seed)
      let expected = solid(
        String(visibleCharacters(document.text.filter { $0 != "\n" && $0 != "\r\n" })))
      let group = LabelExplanations.groups(of: document).first
      for width in [20, 37, 80] {
        let coloured = HighlightedText(document, group, hasMarks: false).lines(width: width)
          .map { $0.encoded(isColoured: true) }
        #expect(solid(withoutControlSequences(coloured.joined())) == expected, "seed \(seed)")
        // What the text itself has of the marks' characters goes on both sides.
        let marked = HighlightedText(document, group, hasMarks: true).lines(width: width)
          .map { $0.encoded(isColoured: false) }.joined()
        #expect(withoutMarks(solid(marked)) == withoutMarks(expected), "seed \(seed)")
      }
    }
  }

  @Test("each line of the text stays a line where it fits")
  func lineBreaks() {
    let document = Samples.document(
      "one\r\n\ntwo \t three",
      Samples.tokens("one\r\n\ntwo \t three", words: ["one", "two", "three"]),
      labels: ["a", "b"], scores: [0.5, 0.5], [])
    let lines = HighlightedText(document, nil, hasMarks: true).lines(width: 60)
    #expect(lines.map { $0.encoded(isColoured: false) } == ["one", "", "two   three"])
  }

  @Test("only the renderer's own control sequences reach the terminal")
  func controls() {
    for seed in 0..<200 {
      let document = Samples.random(seed: seed)
      #expect(isHarmless(TextRenderer(width: 60).render(document)), "seed \(seed)")
      let coloured = TextRenderer(width: 60, isColoured: true).render(document)
      #expect(isHarmless(withoutControlSequences(coloured)), "seed \(seed)")
    }
    #expect(isHarmless(TextRenderer().render(Samples.controls)))
    // The check itself.
    #expect(!isHarmless("\u{1B}[0m") && !isHarmless("a\u{202E}b") && !isHarmless("\u{9B}"))
  }

  @Test("every line ends in the plain style")
  func resets() {
    for (_, document) in Samples.all {
      let lines = TextRenderer(isColoured: true).render(document).split(separator: "\n")
      #expect(lines.allSatisfy { !$0.hasOpenStyle })
    }
  }

  @Test(
    "LIME's fit is told where there was something to miss: two words, and a prediction that varies")
  func trivialFits() {
    let constant = Diagnostic(code: .constantModel, message: "no word changes it", help: "")
    for (text, isConstant, isTold) in [
      ("one", false, false), ("one two", true, false), ("one two", false, true),
    ] {
      let tokens = Samples.tokens(text, words: text.split(separator: " ").map(String.init))
      let values = isConstant ? [0, 0] : [0.25, 0.125]
      let types = Samples.types(tokens, values)
      let lime = Samples.lime(
        types, label: "a", index: 0, base: 0.5, value: 0.75, intercept: 0.5, fidelity: 0.25,
        evaluations: 2, diagnostics: isConstant ? [constant] : [])
      let shapley = Samples.shapley(types, label: "a", index: 0, base: 0.5, evaluations: 2)
      for explanations in [[lime], [shapley, lime], [lime, shapley]] {
        let document = Samples.document(
          text, tokens, labels: ["a", "b"], scores: [0.75, 0.25], explanations)
        let shown = TextRenderer(width: 100).render(document)
        #expect(shown.contains("LIME fit 0.25 (R²)") == isTold, "\(shown)")
        #expect(shown.contains("exact, 2 evaluations") == (explanations.count > 1))
      }
    }
  }

  @Test("words wrap whole, punctuation stays with its word, brackets with what they open")
  func wrapping() {
    let text = "他说：「这部电影非常好看」（真的），很好。"
    let tokens = Samples.tokens(
      text,
      words: ["他", "说", "：「", "这", "部", "电影", "非常", "好看", "」（", "真的", "），", "很", "好", "。"],
      kind: "ideograph")
    let document = Samples.document(text, tokens, labels: ["a"], scores: [1], [])
    for width in 12...40 {
      let lines = HighlightedText(document, nil, hasMarks: false).lines(width: width)
        .map { $0.encoded(isColoured: false) }
      for line in lines {
        #expect(!"：」）。，".contains(line.first ?? "x"), "\(width): \(lines)")
        #expect(!"「（".contains(line.last ?? "x"), "\(width): \(lines)")
      }
    }
    let english = HighlightedText(Samples.english, nil, hasMarks: false).lines(width: 21)
      .map { $0.encoded(isColoured: false) }
    #expect(
      english == [
        "I didn't love this", "movie, but the acting", "was great, and so was", "the music!",
      ])
  }

  @Test("at 40 columns the bars go, then the other methods")
  func narrowTable() {
    let wide = TextRenderer(width: 80).render(Samples.english)
    #expect(wide.contains("LIME\n") && wide.contains("█"))
    let narrow = TextRenderer(width: 40).render(Samples.english)
    #expect(narrow.contains("LIME\n") && !narrow.contains("█"))
    let narrowest = TextRenderer(width: 24).render(Samples.english)
    #expect(!narrowest.contains("LIME\n") && narrowest.contains(" great           +0.31\n"))
  }

  @Test(
    "where LIME comes first its words lead, beside the sums of their occurrences' Shapley values")
  func limeFirst() {
    let document = {
      var document = Samples.limeOnly
      // the 0.1 + 0.02 + 0.03, and −0.2 + 0.05.
      let shapley = Samples.shapley(
        Samples.occurrences(document.tokens, [0.1, 0.2, -0.2, 0.02, 0.3, 0.05, 0.03, 0.1]),
        label: "animals", index: 0, base: 0.33, evaluations: 256)
      document.explanations.append(shapley)
      return document
    }()
    let text = TextRenderer(width: 80).render(document)
    #expect(text.contains("why \"animals\"  LIME"))
    #expect(text.lines(with: " the ").contains { $0.contains("0.00 ×3") && $0.hasSuffix("+0.15") })
    #expect(text.lines(with: " and ").contains { $0.contains("−0.03 ×2") && $0.hasSuffix("−0.15") })
    #expect(text.contains("Shapley exact, 256 evaluations"))
  }

  @Test("rows beyond the top are counted and bounded")
  func top() {
    let text = TextRenderer(top: 2).render(Samples.english)
    #expect(text.contains("… 13 more within ±0.10\n"))
    #expect(TextRenderer(top: 0).render(Samples.english).contains("… 15 more within ±0.32\n"))
    #expect(TextRenderer(top: 0).render(Samples.english).contains("why \"positive\""))
  }

  @Test("a constant game has no table, but its sum")
  func constant() {
    let tokens = Samples.tokens("all the same", words: ["all", "the", "same"])
    let document = Samples.document(
      "all the same", tokens, labels: ["a", "b"], scores: [0.7, 0.3],
      [
        Samples.shapley(
          Samples.occurrences(tokens, []), label: "a", index: 0, base: 0.7, evaluations: 8)
      ])
    #expect(
      TextRenderer(width: 60).render(document) == """
         a 0.70  b 0.30                              sentiment 1.0.0

         all the same

         0.70 (no words) + 0.00 = 0.70   exact, 8 evaluations

        """)
  }

  @Test("a note that not all labels have says whose it is")
  func notes() {
    let tokens = Samples.tokens("one two", words: ["one", "two"])
    let constant = Diagnostic(code: .constantModel, message: "no word changes it", help: "")
    func shown(_ isConstant: [Bool]) -> String {
      let labels = isConstant.indices.map { "l\($0)" }
      let explanations = zip(labels, isConstant).enumerated().flatMap { index, label in
        (0..<2).map { _ in
          Samples.shapley(
            Samples.occurrences(tokens, []), label: label.0, index: index, base: 0.5,
            evaluations: 2, diagnostics: label.1 ? [constant] : [])
        }
      }
      return TextRenderer(width: 60).render(
        Samples.document(
          "one two", tokens, labels: labels, scores: labels.map { _ in 0.25 }, explanations))
    }
    #expect(shown([true, true]).hasSuffix("\n note: no word changes it\n"))
    #expect(shown([true]).hasSuffix("\n note: no word changes it\n"))
    #expect(
      shown([true, false, true]).hasSuffix("\n note: of \"l0\", \"l2\": no word changes it\n"))
    #expect(
      shown([true, true, false, true, true]).hasSuffix(
        "\n note: of 4 of 5 labels: no word changes it\n"))
    #expect(!shown([false, false]).contains("note"))
  }

  @Test("a document without explanations, tokens or text still shows its prediction")
  func empty() {
    let document = Samples.document("", [], labels: ["a"], scores: [12.34], [], plugin: nil)
    #expect(TextRenderer().render(document) == " a 12.3\n")
  }

  @Test("a program is named where a plugin would be, whatever its name holds")
  func program() {
    var document = Samples.document("", [], labels: ["a"], scores: [12.34], [], plugin: nil)
    document.program = ProgramIdentity(name: "b\u{1B}.py", command: "python3 b.py")
    #expect(TextRenderer(width: 30).render(document) == " a 12.3             b\\u{1B}.py\n")
  }

  @Test("offsets outside the text are passed over")
  func brokenOffsets() {
    var document = Samples.english
    document.tokens[3].utf8 = 5000..<6000
    document.tokens[5].utf8 = 1..<2
    let lines = HighlightedText(document, nil, hasMarks: false).lines(width: 100)
    #expect(lines.map { $0.encoded(isColoured: false) } == [document.text])
  }

  private func solid(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter {
          !$0.properties.isWhitespace && $0 != "\u{2068}" && $0 != "\u{2069}"
        }))
  }

  private func withoutMarks(_ text: String) -> String {
    String(text.unicodeScalars.filter { !"[]+-".unicodeScalars.contains($0) }.map(Character.init))
  }

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0A: true
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x61C, 0x202A...0x202E, 0x2066, 0x2067, 0xAD,
        0xFEFF:
        false
      default: true
      }
    }
  }
}

/// Takes out `ESC [ … m`, and nothing else.
func withoutControlSequences(_ text: String) -> String {
  text.replacing(#/\x1B\[[0-9;]*m/#, with: "")
}

extension StringProtocol {
  fileprivate var hasOpenStyle: Bool {
    let last = String(self).matches(of: #/\x1B\[([0-9;]*)m/#).last
    return last.map { $0.1 != "0" } ?? false
  }

  fileprivate func lines(with prefix: String) -> [SubSequence] {
    split(separator: "\n").filter { $0.hasPrefix(prefix) }
  }
}

import ExplanationModel
import Rendering
import Testing

/// How checks are laid out.
@Suite("Checks in text")
struct ChecksTableTests {
  private static let names = [
    "lost without the top words", "lost with the top words alone",
    "order, from 0 (worst) to 1 (best)", "ranks like leave-one-out (τ)",
    "predicts other sets of words (R²)", "ranks alike under --absent replace:_ (τ)", "evaluations",
  ]

  /// The lines from the heading of the checks to the blank line behind them.
  private func table(_ document: ExplanationDocument, width: Int) -> [String] {
    Array(
      TextRenderer(width: width).render(document)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        .drop { !$0.hasPrefix(" chec") }.prefix { !$0.isEmpty })
  }

  private func document(methods: Int) -> ExplanationDocument {
    var document = Samples.checks
    document.explanations = Array(document.explanations.prefix(methods))
    return document
  }

  @Test("names are whole at 80 columns and wider, a line each", arguments: [80, 100, 120], 1...3)
  func names(width: Int, methods: Int) {
    let lines = table(document(methods: methods), width: width)
    for name in Self.names {
      #expect(lines.filter { $0.hasPrefix(" " + name + " ") }.count == 1, "\(name): \(lines)")
    }
  }

  @Test(
    "numbers stand with their points below each other, equally long, for every width",
    arguments: [24, 31, 40, 60, 80, 120], 1...3)
  func points(width: Int, methods: Int) {
    let lines = table(document(methods: methods), width: width)
    let number = /[ ](−?\d+)\.(\d+)(?= |$)/
    var columns: [Int: Int] = [:]
    for line in lines {
      for match in line.matches(of: number) {
        let point = line.distance(from: line.startIndex, to: match.2.startIndex)
        columns[point, default: 0] += 1
        #expect(match.2.count == 2, "\(line)")
      }
    }
    // The loss without the top words, and three more at least, in every column.
    #expect(!columns.isEmpty && columns.count <= methods, "\(lines)")
    #expect(columns.values.allSatisfy { $0 >= 4 }, "\(lines)")
    if width >= 40 { #expect(columns.count == methods, "\(lines)") }
  }

  @Test(
    "what is good is told once: in a column, or in a line",
    arguments: [31, 40, 80, 84, 120], 1...3)
  func good(width: Int, methods: Int) {
    let text = table(document(methods: methods), width: width).joined(separator: "\n")
    #expect(text.contains("good is") != text.contains(" high is good"), "\(text)")
    if text.contains("good is") {
      #expect(text.contains(#/lost with the top words alone .* low\n/#))
      #expect(text.matches(of: #/ high(\n|$)/#).count == 5, "\(text)")
    } else {
      #expect(text.contains("low for \""))
    }
  }

  @Test(
    "all numbers have as many decimals, those that the losses need",
    arguments: [
      (1.0, "0.29", "0.97"), (0.01, "0.0029", "0.9712"), (1e-7, "2.9e−8", "0.97"),
      (1000, "291.40", "0.97"), (1e8, "2.9e7", "0.97"),
    ])
  func decimals(scale: Double, loss: String, order: String) {
    var document = document(methods: 1)
    document.explanations[0].checks = Samples.allChecks(scale: scale)
    let lines = table(document, width: 80)
    func ends(_ line: Int, _ number: String) -> Bool {
      lines[line].split(separator: " ").dropLast().last.map(String.init) == number
    }
    #expect(ends(1, loss) && ends(3, order), "\(lines)")
  }

  @Test("which words decide stands apart from the numbers")
  func flips() {
    for width in [40, 80, 120] {
      let text = TextRenderer(width: width).render(Samples.checks)
      #expect(text.contains("\n\n Shapley: without \"but\" and \"great\""), "\(text)")
    }
  }

  @Test("words that occur more than once have numbers, and each keeps its own direction")
  func repeatedWords() {
    let (good, bad) = ("جيد", "سيئة")
    var document = Samples.arabic
    var shapley = document.explanations[0]
    shapley.attributions = [good, bad, good].enumerated().map { index, text in
      Attribution(player: index, tokens: [index], text: text, value: 0.3 - 0.2 * Double(index))
    }
    shapley.checks = Samples.allChecks()
    shapley.checks?.flip = Checks.Flip(
      outcome: .smallest, players: [0, 2], texts: [good, good], label: "x")
    document.explanations = [shapley]
    let text = TextRenderer(width: 80).render(document)
    let (first, second) = ("\u{2068}\"\(good)\" (1)\u{2069}", "\u{2068}\"\(good)\" (2)\u{2069}")
    #expect(text.contains("without \(first) and \(second) the label is \"x\""), "\(text)")
    #expect(
      text.contains("\u{2068}\(good) (1)\u{2069}") && text.contains(" \u{2068}\(bad)\u{2069}"))
    // The number stays on the line of its word.
    for width in 20...60 {
      let lines = TextRenderer(width: width).render(document).split(separator: "\n")
      #expect(
        !lines.contains { $0.drop { $0 == " " }.prefixMatch(of: /\([12]\)/) != nil }, "\(width)")
    }
    shapley.checks?.flip = Checks.Flip(
      outcome: .smallest, players: [1], texts: [bad], tied: ["x", "y"])
    document.explanations = [shapley]
    #expect(
      TextRenderer(width: 100).render(document)
        .contains(
          "without \u{2068}\"\(bad)\"\u{2069} the highest score is shared by \"x\" and \"y\""))
  }
}

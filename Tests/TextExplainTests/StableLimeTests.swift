import ExplanationModel
import Glibc
import TextExplain
import Testing

@Suite("Stable LIME of texts")
struct StableLimeTests {
  /// "not" turns the word behind it around.
  private func classifier() -> ScriptedClassifier {
    let weights = ["good": 1.1, "bad": -0.7, "really": 0.2, "film": 0.1]
    return ScriptedClassifier { text in
      var z = 0.1
      var sign = 1.0
      for word in text.split(separator: " ") {
        z += sign * (weights[String(word)] ?? 0)
        sign = word == "not" ? -1 : 1
      }
      let p = 1 / (1 + exp(-z))
      return [1 - p, p]
    }
  }

  private func lime(
    _ text: String, samples: Int? = nil, seed: UInt64 = 0,
    players: ExplainerOptions.PlayerSelection = .auto
  ) throws -> Explanation {
    let document = try explain(text, with: classifier()) {
      $0.methods = [.lime]
      $0.limeMode = .stable
      $0.limeSamples = samples
      $0.seed = seed
      $0.players = players
    }
    return try #require(document.explanations.first)
  }

  @Test("all occurrences of a word are one player, and all coalitions are taken where they fit")
  func repeatedWords() throws {
    let explanation = try lime("good film good film good")
    #expect(explanation.attributions.map(\.tokens) == [[0, 2, 4], [1, 3]])
    // Two players: the limit is what each is worth alone.
    let p = { (z: Double) -> Double in 1 / (1 + exp(-z)) }
    #expect(abs(explanation.attributions[0].value - (p(0.1 + 3.3) - p(0.1))) < 1e-12)
    #expect(abs(explanation.attributions[1].value - (p(0.1 + 0.2) - p(0.1))) < 1e-12)
    #expect(explanation.attributions.allSatisfy { $0.standardError == 0 })
    #expect(explanation.lime?.samples == 4 && explanation.evaluations.distinct == 4)
    #expect(explanation.evaluations.budget == 5000)
    #expect(explanation.diagnostics.isEmpty)
  }

  @Test("a text without words is explained by nothing")
  func noWords() throws {
    let explanation = try lime("…")
    #expect(explanation.attributions.isEmpty)
    #expect(explanation.diagnostics.map(\.code) == [.noPlayers])
    #expect(explanation.lime?.mode == "stable" && explanation.lime?.effectiveSamples == nil)
  }

  @Test("one word is worth its difference, without the note on few players")
  func oneWord() throws {
    let explanation = try lime("good")
    #expect(
      abs(explanation.attributions[0].value - (explanation.value - explanation.baseValue)) < 1e-15)
    #expect(explanation.diagnostics.isEmpty)
  }

  @Test("evaluations stay within the budget, and doubts are said", arguments: [2, 20, 60, 400])
  func budget(samples: Int) throws {
    let text = (0..<24).map { "w\($0)" }.joined(separator: " not ") + " good bad"
    let explanation = try lime(text, samples: samples, players: .occurrence)
    #expect(explanation.evaluations.distinct <= samples)
    #expect(explanation.evaluations.distinct == explanation.lime?.samples)
    let isOpen = explanation.lime?.converged == false
    #expect(isOpen == explanation.diagnostics.contains { $0.code == .notConverged })
    if samples < 50 {
      #expect(isOpen)
      #expect(explanation.attributions.allSatisfy { $0.standardError == nil })
      let note = explanation.diagnostics.first { $0.code == .notConverged }
      #expect(note?.help.contains("--lime-samples, now \(samples)") ?? false)
    }
  }

  @Test("a poor held-out fit is said by its own number")
  func lowFidelity() throws {
    let parity = ScriptedClassifier { text in
      let p = text.split(separator: " ").count % 2 == 0 ? 0.9 : 0.1
      return [1 - p, p]
    }
    let document = try explain((0..<16).map { "w\($0)" }.joined(separator: " "), with: parity) {
      $0.methods = [.lime]
      $0.limeMode = .stable
      $0.limeSamples = 400
    }
    let explanation = document.explanations[0]
    #expect((explanation.lime?.heldOutFidelity ?? 1) < 0.1)
    #expect(explanation.diagnostics.contains { $0.code == .lowFidelity })
  }

  @Test("equal runs are equal, seeds differ")
  func determinism() throws {
    let text = (0..<30).map { "good w\($0) not" }.joined(separator: " ")
    let first = try lime(text, samples: 300, players: .occurrence)
    #expect(try lime(text, samples: 300, players: .occurrence) == first)
    let other = try lime(text, samples: 300, seed: 1, players: .occurrence)
    #expect(other.attributions != first.attributions)
  }
}

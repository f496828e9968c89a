import ExplanationModel
import Testing
import _TestSupport

/// `tokens.c` values a text as the sum of its tokens' first bytes, a masked token as a quarter.
@Suite("A model's own tokens and mask")
struct ModelTokenTests {
  private func explain(_ text: String, _ arguments: String...) throws -> ExplanationDocument {
    let plugin = try CCompiler.plugin("tokens.c")
    return try document(
      runTool(["explain", "--plugin", plugin, "--format", "json"] + arguments + ["--", text]))
  }

  @Test("each token of the model is a player, worth what it adds to its mask")
  func modelTokens() throws {
    let result = try explain("abcd é!", "--unit", "model", "--absent", "model")
    #expect(result.tokens.map(\.text) == ["ab", "cd", "é!"])
    let shapley = result.explanations[0]
    #expect(shapley.absent == "model")
    #expect(shapley.baseValue == 0.75)
    #expect(shapley.value == 391)
    for (attribution, exact) in zip(shapley.attributions, [96.75, 98.75, 194.75]) {
      #expect(abs(attribution.value - exact) < 1e-12)
    }
    let lime = result.explanations[1]
    for (weight, exact) in zip(lime.attributions, shapley.attributions) {
      // Lime's ridge shrinks the weights of so few words.
      #expect(weight.value > 0.5 * exact.value && weight.value <= exact.value * 1.000001)
    }
  }

  @Test("words of several tokens are masked whole, and a sum is shared out exactly")
  func wordsMasked() throws {
    let words = try explain("abcd ef", "--absent", "model", "--method", "shapley").explanations[0]
    #expect(words.attributions.map(\.value) == [195.5, 100.75])
    #expect(words.baseValue == 0.75)
    #expect(words.value - words.baseValue == words.attributions.map(\.value).reduce(0, +))
  }

  @Test("the model's tokens can be removed, which moves the borders of those left")
  func removed() throws {
    let tokens = try explain("abcd", "--unit", "model", "--method", "shapley").explanations[0]
    #expect(tokens.absent == "remove")
    #expect(tokens.attributions.map(\.value) == [97, 99])
  }

  @Test("checks compare a mask with removal")
  func checks() throws {
    let checked = try explain("abcd ef", "--absent", "model", "--checks", "--method", "shapley")
    #expect(checked.explanations[0].checks?.removalAlternative == "remove")
  }

  @Test("the text names what the base value stands for")
  func text() throws {
    let plugin = try CCompiler.plugin("tokens.c")
    let result = try runTool(["abcd ef", "--plugin", plugin, "--absent", "model"])
    #expect(result.output.contains("(all masked)"), "\(result.output)")
  }

  @Test("a plugin without tokens or without a mask is refused with a way out")
  func refused() throws {
    expectFailure(
      try runTool(["good", "--plugin", "sentiment", "--unit", "model"]), 64,
      error: "\"sentiment\" does not show tokens", help: "--unit word")
    expectFailure(
      try runTool(["good", "--plugin", "sentiment", "--absent", "model"]), 64,
      error: "\"sentiment\" has no mask", help: "--absent remove")
    // Where nothing can be absent, no mask is missed.
    #expect(
      try runTool(["", "--plugin", "sentiment", "--absent", "model"]).ending == .exit(0))
  }
}

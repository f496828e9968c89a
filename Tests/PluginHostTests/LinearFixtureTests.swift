import CTextExplain
import Classification
import Glibc
import PluginHost
import Testing
import _TestSupport

@Suite("The linear fixture")
struct LinearFixtureTests {
  private let folder: TemporaryFolder
  private let option: String

  init() throws {
    folder = try TemporaryFolder()
    option =
      "weights="
      + (try folder.write("w.tsv", "bias\t-0.25\ngood\t1.5\nnot\t-0.7\ncafé\t1e-3\ndon't\t-2\n"))
  }

  @Test("probability is the logistic function of bias plus weights, tokens as documented")
  func probability() throws {
    let classifier = try Fixture.open("linear.c", options: [option])
    let cases: [(String, [Double])] = [
      ("", []), ("good", [1.5]), ("not good, good!", [-0.7, 1.5, 1.5]), ("goodness Good", []),
      ("café", [1e-3]), ("don't good\0good", [-2, 1.5, 1.5]), ("good好", []),
      ("good-not", [1.5, -0.7]),
    ]
    let scores = try classifier.scores(of: TextBatch(cases.map(\.0)))
    for (row, (text, weights)) in cases.enumerated() {
      let z = weights.reduce(-0.25, +)
      #expect(scores.values[2 * row + 1] == 1 / (1 + exp(-z)), "\(text)")
    }
  }

  @Test("linear/1 gives the terms with their places, adding up to the logit")
  func terms() throws {
    let raw = try RawPlugin(CCompiler.plugin("linear.c"))
    let text = "not café good"
    let positive = try raw.terms(text, output: 1, options: [option])
    #expect(positive.bias == -0.25)
    #expect(positive.terms.map(\.value) == [-0.7, 1e-3, 1.5])
    #expect(positive.terms.map { [$0.begin, $0.end] } == [[0, 3], [4, 9], [10, 14]])
    #expect(positive.terms.map(\.feature) == [1, 2, 0])
    let negative = try raw.terms(text, output: 0, options: [option])
    #expect(negative.terms.map(\.value) == [0.7, -1e-3, -1.5])
  }

  @Test("weights that are missing or broken are a bad model, named by file")
  func badModel() throws {
    expect(.unusableModel, saying: "cannot read the weights file \"/nowhere/w\"") {
      _ = try Fixture.open("linear.c", options: ["weights=/nowhere/w"])
    }
    for text in [
      "", "good\t1\n", "bias\tx\n", "bias\t1\ngood\n", "bias\t1\ntwo words\t1\n", "bias\tinf\n",
    ] {
      let path = try folder.write("bad.tsv", text)
      expect(.unusableModel, saying: "weights file \"\(path)\"") {
        _ = try Fixture.open("linear.c", options: ["weights=\(path)"])
      }
    }
    #expect(PluginError(.unusableModel, "").category == .input)
    expect(.invalidOption, saying: "needs the option \"weights\"") {
      _ = try Fixture.open("linear.c")
    }
  }
}

import ExplanationModel
import Foundation
import Testing
import _TestSupport

@Suite("Checks asked of the command")
struct ChecksCommandTests {
  private let text = "I didn't love this movie, but the acting was great!"

  @Test("checks come with --checks alone, in text and in JSON, and equal runs give equal bytes")
  func checks() throws {
    let plain = try document(sentiment(text, "--format", "json"))
    #expect(plain.explanations.allSatisfy { $0.checks == nil })
    let arguments = ["explain", "-p", "sentiment.so", "-m", "shapley,lime,loo", "--checks"]
    let json = try runTool(arguments + ["--format", "json", "--", text])
    let checked = try document(json)
    #expect(checked.explanations.map(\.method) == ["shapley", "lime", "loo"])
    for explanation in checked.explanations {
      let checks = try #require(explanation.checks)
      for name in CheckName.allCases where name != .fidelity {
        #expect(explanation.number(name) != nil, "\(name) of \(explanation.method)")
      }
      #expect(checks.flip?.outcome == .smallest && checks.flip?.label == "negative")
    }
    #expect(try runTool(arguments + ["--format", "json", "--", text]).stdout == json.stdout)
    let threads = try runTool(arguments + ["--threads", "1", "--format", "json", "--", text])
    #expect(threads.stdout == json.stdout)
    let shown = try runTool(arguments + ["--width", "100", "--", text]).output
    #expect(shown.contains("lost without the top words"))
    #expect(shown.contains("the label is \"negative\""))
    #expect(try !sentiment(text).output.contains("lost without"))
  }

  @Test("at 80 columns three methods have their columns beside whole names")
  func eighty() throws {
    let shown = try runTool([
      "explain", "-p", "sentiment.so", "-m", "lime,shapley,loo", "--checks", "--width", "80", "--",
      text,
    ]).output
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix(" checks ") })
    let block = lines[start...].prefix { !$0.isEmpty }
    #expect(block.first?.contains(#/LIME +Shapley +leave-one-out$/#) == true, "\(shown)")
    for name in [
      "lost without the top words", "lost with the top words alone",
      "ranks alike under --absent replace:_ (τ)",
    ] {
      let row = try #require(block.first { $0.hasPrefix(" \(name) ") }, "\(shown)")
      #expect(row.matches(of: #/\d\.\d\d( |$)/#).count == 3, "\(row)")
    }
    #expect(block.last == " high is good, low for \"lost with the top words alone\"", "\(shown)")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("a bound is the least value also where low is good, and a warning says so")
  func lowIsGood() throws {
    let low = ["sufficiency", "deletionArea", "infidelity", "infidelityRatio", "efficiencyGap"]
    for name in low {
      let passed = try sentiment(text, "--fail-under", "\(name)=-9")
      #expect(passed.ending == .exit(0))
      let warning = "warning: --fail-under \(name)=-9.0 fails below -9.0, and low is good"
      #expect(passed.errors.contains(warning), "\(passed.errors)")
      let failed = try sentiment(text, "-q", "--fail-under", "\(name)=9")
      #expect(failed.ending == .exit(1))
      #expect(failed.errors.contains(", below 9.0 (low is good)"), "\(failed.errors)")
      #expect(!failed.errors.contains("warning"))
    }
    let high = try sentiment(text, "--fail-under", "comprehensiveness=9")
    #expect(high.errors.contains(", below 9.0 (high is good)"), "\(high.errors)")
    #expect(!high.errors.contains("warning"))
  }

  @Test("bounds that hold end with 0, and turn the checks on")
  func holding() throws {
    let result = try sentiment(
      text, "--format", "json", "--fail-under", "fidelity=0.5", "--fail-under=heldOutR2=-1.5",
      "--fail-under", "flipSize=1")
    let checked = try document(result)
    #expect(checked.explanations.allSatisfy { $0.checks != nil })
    #expect(result.errors.isEmpty)
  }

  @Test("a bound that does not hold: the explanation is written, then exit 1 with what was found")
  func broken() throws {
    for format in ["text", "ndjson"] {
      let result = try sentiment(
        text, "--format", format, "--fail-under", "fidelity=0.99", "--fail-under",
        "comprehensiveness=0.1")
      #expect(result.ending == .exit(1))
      let complaint = Complaint(result)
      #expect(complaint.error.contains("check \"fidelity\" is 0."))
      #expect(complaint.error.contains("lime of \"positive\", below 0.99"))
      #expect(complaint.help.contains("written all the same"))
      let written = try sentiment(text, "--format", format, "--checks")
      #expect(result.stdout == written.stdout && !written.stdout.isEmpty)
    }
  }

  @Test("a file is written before the bounds are looked at")
  func file() throws {
    let folder = try TemporaryFolder()
    let result = try sentiment(
      text, "--output", folder("out.json"), "--format", "json", "--fail-under", "flipSize=9")
    #expect(result.ending == .exit(1))
    let data = try Data(contentsOf: URL(fileURLWithPath: folder("out.json")))
    let written = try JSONDecoder().decode(ExplanationDocument.self, from: data)
    #expect(written.explanations.count == 2)
  }

  @Test("every bound that does not hold is told, for every label")
  func several() throws {
    let result = try sentiment(
      text, "--label", "all", "--method", "shapley", "--fail-under", "aopc=5", "--fail-under",
      "insertionArea=5")
    #expect(result.ending == .exit(1))
    #expect(Complaint(result).help.hasPrefix("help: the explanation was written all the same"))
    for part in ["aopc", "insertionArea"] {
      for label in ["negative", "positive"] {
        #expect(
          result.errors.split(separator: "\n").contains {
            $0.contains("check \"\(part)\" is") && $0.contains("shapley of \"\(label)\", below 5")
          })
      }
    }
  }

  @Test("a number that is not there holds no bound, and the error says why")
  func absent() throws {
    let cases: [(String, [String], String)] = [
      ("?!", ["--fail-under", "comprehensiveness=-9"], "nothing to explain"),
      ("?!", ["--fail-under", "fidelity=-9"], "nothing to explain"),
      ("good", ["-m", "loo", "--fail-under", "heldOutR2=-9"], "too few words"),
      ("good", ["-m", "loo", "--fail-under", "leaveOneOutTau=-1"], "ranks nothing"),
      ("film", ["-m", "loo", "--fail-under", "flipSize=0"], "change the decision"),
    ]
    for (text, arguments, reason) in cases {
      let result = try runTool(["explain", "-p", "sentiment.so"] + arguments + ["--", text])
      #expect(result.ending == .exit(1), "\(arguments)")
      #expect(Complaint(result).error.contains("has no value"), "\(result.errors)")
      #expect(Complaint(result).error.contains(reason), "\(result.errors)")
      #expect(!result.stdout.isEmpty)
    }
  }

  @Test(
    "bounds that cannot be read are refused before any work",
    arguments: [
      ("joy=1", "names no check; there are fidelity, comprehensiveness"),
      ("fidelity", "gives no number"), ("fidelity=", "gives no number"),
      ("fidelity=high", "fidelity=0.5"), ("fidelity=nan", "gives no number"),
      ("aopc=inf", "gives no number"), ("", "names no check"), ("=1", "names no check"),
    ])
  func refused(_ bound: String, _ error: String) throws {
    expectFailure(
      try runTool(["x", "-p", "sentiment.so", "--fail-under", bound]), 64, error: error, help: "")
  }

  @Test("a regression has everything but a flip")
  func regression() throws {
    let plugin = try CCompiler.plugin(
      "variant.c", ["KIND": "TX_OUT_REGRESSION", "SCORE_0": "3.5", "SCORE_1": "1"])
    let result = try runTool(["some text", "-p", plugin, "--checks", "-f", "json"])
    for explanation in try document(result).explanations {
      #expect(explanation.checks?.comprehensiveness != nil && explanation.checks?.flip == nil)
    }
  }
}

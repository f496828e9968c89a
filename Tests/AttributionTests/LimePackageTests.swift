import Attribution
import Testing

@Suite("LIME against the Python package lime 0.2.0.1")
struct LimePackageTests {
  static let fixture = LimeFixture.recorded

  @Test("the fixture holds every selection, repeated words and non-ASCII words")
  func fixtureIsComplete() {
    let cases = Self.fixture.cases
    #expect(cases.count == 50)
    #expect(Set(cases.map(\.selection)) == ["none", "highest", "forward", "auto", "lasso"])
    #expect(cases.contains { LimeFixture.tokens(of: $0.text).count > $0.players.count })
    #expect(cases.contains { $0.players.contains("café") && $0.players.contains("schön") })
    #expect(cases.contains { $0.samples < $0.players.count })
  }

  @Test("draws equal the package's", arguments: fixture.cases.filter { $0.rows != nil })
  func draws(_ recorded: LimeFixture.Case) throws {
    let rows = LimeSampler(playerCount: recorded.players.count, samples: recorded.samples)
      .draw(seed: recorded.seed)
    let expected = try #require(recorded.rows)
    #expect(expected.count == 50)
    #expect(Array(rows.hexadecimal.prefix(50)) == expected)
  }

  @Test(
    "coefficients, intercept, fidelity and prediction equal the package's to 1e-9",
    arguments: fixture.cases)
  func coefficients(_ recorded: LimeFixture.Case) throws {
    let options = LimeOptions(
      samples: recorded.samples, kernelWidth: recorded.kernelWidth, features: recorded.features,
      selection: try #require(LimeSelection(rawValue: recorded.selection)), seed: recorded.seed)
    let game = Self.fixture.game(of: recorded.text, players: recorded.players)
    let result = try Lime(options).fit(game)

    let surrogate = result.surrogates[recorded.label]
    #expect(result.samples == recorded.samples)
    #expect(result.selection == selectionThatRuns(recorded))
    #expect(surrogate.selected == recorded.selected)
    #expect(surrogate.coefficients.count == recorded.coefficients.count)
    for (found, expected) in zip(surrogate.coefficients, recorded.coefficients) {
      #expect(abs(found - expected) <= 1e-9)
    }
    #expect(abs(surrogate.intercept - recorded.intercept) <= 1e-9)
    #expect(abs(surrogate.fidelity - recorded.score) <= 1e-9)
    #expect(abs(surrogate.localPrediction - recorded.localPrediction) <= 1e-9)
    #expect(!surrogate.isConstant)

    // The labels' probabilities add to 1 and the regression is linear: so do its answers.
    let other = result.surrogates[1 - recorded.label]
    if result.selection == .none {
      for (found, opposite) in zip(surrogate.coefficients, other.coefficients) {
        #expect(abs(found + opposite) <= 1e-9)
      }
      #expect(abs(surrogate.intercept + other.intercept - 1) <= 1e-9)
    }
  }

  private func selectionThatRuns(_ recorded: LimeFixture.Case) -> LimeSelection {
    if recorded.selection == "lasso" { return .lasso }
    guard let features = recorded.features, features < recorded.players.count else { return .none }
    switch recorded.selection {
    case "auto": return features <= 6 ? .forward : .highest
    case "forward": return .forward
    case "highest": return .highest
    default: return .none
    }
  }
}

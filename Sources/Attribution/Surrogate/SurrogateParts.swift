/// Parts of ``SurrogateShapley`` that can be left out, to measure what each of them buys.
package struct SurrogateParts: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Structures that are certified.
  package static let certificates = SurrogateParts(rawValue: 1)
  /// Pairs of half the players each, early in the design.
  package static let halves = SurrogateParts(rawValue: 2)
  /// Words that change nothing, left out.
  package static let carrier = SurrogateParts(rawValue: 4)
  /// Interactions of two and three players, which grow with how much those matter.
  package static let weights = SurrogateParts(rawValue: 8)
  /// Interactions of players next to each other.
  package static let runs = SurrogateParts(rawValue: 16)
  /// Interactions of all orders, fading.
  package static let decay = SurrogateParts(rawValue: 32)
  /// Effects that fade with the number of players present.
  package static let length = SurrogateParts(rawValue: 64)
  /// Players that come to stand side by side.
  package static let neighbours = SurrogateParts(rawValue: 128)
  /// Processes behind links.
  package static let links = SurrogateParts(rawValue: 256)
  /// Boosted trees.
  package static let trees = SurrogateParts(rawValue: 512)
  /// The regression on what the surrogates miss.
  package static let correction = SurrogateParts(rawValue: 1024)
  /// Few rules of words that are present together.
  package static let rules = SurrogateParts(rawValue: 2048)

  /// All parts, by the names that reports give them.
  package static let named: [(name: String, part: SurrogateParts)] = [
    ("certificates", .certificates), ("balanced halves", .halves),
    ("words without effect", .carrier),
    ("interactions of words", .weights), ("runs", .runs), ("decay", .decay), ("length", .length),
    ("neighbours", .neighbours), ("links", .links), ("trees", .trees), ("rules", .rules),
    ("correction", .correction),
  ]

  /// Everything.
  package static let all = SurrogateParts(rawValue: 4095)
}

extension PairKernel {
  /// The part that it belongs to; none for what every process has.
  private var part: SurrogateParts {
    switch self {
    case .interactions(_, let isWeighted): isWeighted ? .weights : []
    case .runs: .runs
    case .decay: .decay
    case .length: .length
    case .neighbours: .neighbours
    }
  }

  /// Those of some kernels that belong to `parts`.
  static func kernels(_ kernels: [PairKernel], in parts: SurrogateParts) -> [PairKernel] {
    kernels.filter { parts.contains($0.part) }
  }
}

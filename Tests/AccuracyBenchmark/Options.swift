/// The command line.
struct Options {
  var plan = Plan.full
  /// The Python that has the peers; without it ours run alone.
  var python: String?
  /// Where the report goes; without it, standard output.
  var output: String?
  /// The folder of what is kept between runs.
  var scratch = ".build-accuracy"
  /// Threads, and processes of peers.
  var jobs = 2
  /// Whether the peers that estimate Shapley values are run alone, for the record.
  var isCollecting = false

  static let usage = """
    usage: AccuracyBenchmark [--small | --smoke] [--games N] [--seeds N] [--families KEY,…] [--ablations N]
                             [--python PATH] [--output PATH] [--scratch PATH] [--jobs N] [--collect]
    --collect: the peers of Shapley values alone; their errors are recorded beside the source. It may be cut short.
    families: \(GameFamily.allCases.map(\.key).joined(separator: " "))
    """

  init(_ arguments: some Sequence<String>) throws {
    var remaining = arguments.makeIterator()
    func value(of flag: String) throws -> String {
      guard let value = remaining.next() else { throw BenchmarkError("\(flag) wants a value") }
      return value
    }
    func number(of flag: String) throws -> Int {
      let text = try value(of: flag)
      guard let number = Int(text), number > 0 else {
        throw BenchmarkError("\(flag) wants a positive number, not \"\(text)\"")
      }
      return number
    }
    while let flag = remaining.next() {
      switch flag {
      case "--small": plan = .small
      case "--smoke": plan = .smoke
      case "--games": plan.games = try number(of: flag)
      case "--seeds": plan.seeds = try number(of: flag)
      case "--ablations": plan.ablationGames = try number(of: flag)
      case "--collect": isCollecting = true
      case "--jobs": jobs = try number(of: flag)
      case "--python": python = try value(of: flag)
      case "--output": output = try value(of: flag)
      case "--scratch": scratch = try value(of: flag)
      case "--families":
        plan.families = try value(of: flag).split(separator: ",").map { key in
          guard let family = GameFamily.allCases.first(where: { $0.key == key }) else {
            throw BenchmarkError("no family is called \"\(key)\"")
          }
          return family
        }
      default: throw BenchmarkError("unknown flag \"\(flag)\"")
      }
    }
    if isCollecting && python == nil { throw BenchmarkError("--collect wants --python") }
  }
}

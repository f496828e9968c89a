import Attribution
import _TestSupport

/// How many players a game has.
enum SizeClass: Int, CaseIterable, Sendable {
  /// All coalitions can be enumerated.
  case small
  case large

  /// The numbers of players of random games, which take turns.
  var playerCounts: [Int] {
    switch self {
    case .small: [12, 16, 10, 14]
    case .large: [30, 40, 20, 60]
    }
  }

  /// The numbers of words of texts.
  var range: ClosedRange<Int> { self == .small ? 10...16 : 20...60 }

  var title: String { "\(range.lowerBound)–\(range.upperBound) words" }
}

/// One game of the benchmark, which every thread makes for itself.
struct BenchmarkGame: Sendable {
  let family: GameFamily
  let size: SizeClass
  let index: Int
  /// The text; nil for random games.
  private let text: String?

  /// The name of the table of the family and size.
  var table: String { "\(family.key)-\(size)" }

  /// The games of a family and size, at most `count`.
  ///
  /// Errors are relative: texts of which no word counts have none, and are left out.
  static func games(_ family: GameFamily, _ size: SizeClass, count: Int) throws -> [BenchmarkGame] {
    guard let texts = try family.texts(words: size.range) else {
      return (0..<count).map {
        BenchmarkGame(family: family, size: size, index: $0, text: nil)
      }
    }
    var games: [BenchmarkGame] = []
    for text in texts where games.count < count {
      let values = try probe(family.game(of: text))
      guard values.min() != values.max() else { continue }
      games.append(BenchmarkGame(family: family, size: size, index: games.count, text: text))
    }
    return games
  }

  /// A game that nobody else uses, and its Shapley values where they are known in closed form.
  func make() throws -> (game: any Game, shapleyValues: (() -> [Double])?) {
    if let text { return (try family.game(of: text), nil) }
    let playerCount = size.playerCounts[index % size.playerCounts.count]
    var generator = SplitMix64(
      seed: UInt64(family.rawValue) << 32 | UInt64(size.rawValue) << 24 | UInt64(index))
    return family.randomGame(playerCount: playerCount, using: &generator)
  }

  /// The values of 64 coalitions.
  private static func probe(_ game: any Game) throws -> [Double] {
    var generator = SplitMix64(seed: 64)
    var coalitions = Coalitions(playerCount: game.playerCount)
    coalitions.appendEmpty()
    coalitions.appendGrand()
    let mask = coalitions[1]
    for _ in 0..<62 { coalitions.append(mask.map { $0 & generator.next() }) }
    return try game.values(of: coalitions)
  }

  /// A number that tells games apart, and does not depend on the last digits, in which machines differ.
  static func fingerprint(of game: any Game) throws -> String {
    let hash = try probe(game).reduce(UInt64(0)) { hash, value in
      var generator = SplitMix64(seed: hash ^ UInt64(Float(value).bitPattern))
      return generator.next()
    }
    return "\(game.playerCount)-" + String(hash, radix: 16)
  }
}

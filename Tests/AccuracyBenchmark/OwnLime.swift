import Attribution

/// A LIME of ours; to measure another one, add a line.
struct OwnLime: Sendable {
  /// The name in the report.
  let name: String
  /// The coefficients of a game's players.
  let coefficients: @Sendable (_ game: any Game, _ samples: Int, _ seed: UInt64) throws -> [Double]

  static let all = [
    OwnLime(name: "lime") { game, samples, seed in
      let lime = try Lime(LimeOptions(samples: samples, selection: .none, seed: seed))
      return try lime.fit(game).surrogates[0].coefficients
    },
    OwnLime(name: "lime, stable") { game, samples, seed in
      try StableLime(LimeOptions(samples: samples, seed: seed)).fit(game).surrogates[0].coefficients
    },
  ]
}

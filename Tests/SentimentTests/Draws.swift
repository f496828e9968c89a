/// Reproducible draws for tests (SplitMix64).
struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(n)) }

  /// Masks of every density, the empty and the full one first.
  mutating func masks(_ count: Int, pieces: Int) -> [[Bool]] {
    (0..<count).map { row in
      if row < 2 { return [Bool](repeating: row == 1, count: pieces) }
      let density = below(9) + 1
      return (0..<pieces).map { _ in below(10) < density }
    }
  }

  /// Up to `limit` disjoint pieces of whole characters.
  mutating func pieces(of text: String, limit: Int) -> [Range<Int>] {
    var starts = [0]
    for scalar in text.unicodeScalars { starts.append((starts.last ?? 0) + UTF8.width(scalar)) }
    var chosen: [Range<Int>] = []
    var i = below(3)
    while i + 1 < starts.count && chosen.count < limit {
      let end = min(i + 1 + below(6), starts.count - 1)
      chosen.append(starts[i]..<starts[end])
      i = end + (below(3) == 0 ? below(8) : 0)
    }
    return chosen
  }
}

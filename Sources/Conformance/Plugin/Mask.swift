import Attribution

/// Which pieces are present.
struct Mask {
  var words: [UInt64]

  init(all isPresent: Bool, count: Int) {
    words = Array(repeating: 0, count: max(1, (count + 63) / 64))
    if isPresent { for piece in 0..<count { self[piece] = true } }
  }

  /// Each piece with even chances.
  init(count: Int, random: inout SplitMix64) {
    self.init(all: false, count: count)
    for piece in 0..<count { self[piece] = random.next() & 1 == 1 }
  }

  subscript(_ piece: Int) -> Bool {
    get { words[piece / 64] >> (piece % 64) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << (piece % 64)
      if newValue { words[piece / 64] |= bit } else { words[piece / 64] &= ~bit }
    }
  }
}

/// The 32-bit Mersenne Twister MT19937, seeded and read as numpy's `RandomState` does.
///
/// M. Matsumoto, T. Nishimura: "Mersenne Twister", ACM TOMACS 8 (1998),
/// https://doi.org/10.1145/272991.272995. It is here only to repeat the draws of the Python package
/// `lime`. Words come in blocks of 624, all made at once.
package struct MersenneTwister: Sendable {
  private static let blockSize = 624

  /// The 624 words of state of the last block, then room for those of the next.
  private var state: [UInt32]
  /// The tempered words of the last block.
  private var block = [UInt32](repeating: 0, count: blockSize)
  /// The first word of the block that has not been taken.
  private var position = blockSize

  /// Makes the generator of numpy's `RandomState(seed)`.
  ///
  /// numpy refuses integers of more than 32 bits. Such a seed gives the generator of
  /// `RandomState([seed % 2**32, seed // 2**32])`, so that every seed has a stream that numpy can
  /// repeat.
  package init(seed: UInt64) {
    let low = UInt32(truncatingIfNeeded: seed)
    let high = UInt32(truncatingIfNeeded: seed >> 32)
    state = high == 0 ? Self.state(seed: low) : Self.state(key: [low, high])
    state.append(contentsOf: repeatElement(0, count: Self.blockSize))
  }

  /// The next 32 random bits.
  package mutating func next() -> UInt32 {
    if position == Self.blockSize { makeBlock() }
    defer { position += 1 }
    return block[position]
  }

  /// A uniform integer in `0...maximum`, by masking words and rejecting those that are too large.
  ///
  /// No word is taken when `maximum` is 0.
  package mutating func integer(upTo maximum: UInt32) -> UInt32 {
    guard maximum > 0 else { return 0 }
    let mask = UInt32.max >> UInt32(maximum.leadingZeroBitCount)
    while true {
      let value = next() & mask
      if value <= maximum { return value }
    }
  }

  /// Replaces element *i* of `partners` by a uniform integer in 0...*i*, from the last element down
  /// to element 1.
  ///
  /// These are the positions that numpy's `shuffle` exchanges each element with. Element 0 takes no
  /// word; its value is unspecified.
  package mutating func drawShufflePartners(_ partners: inout [UInt32]) {
    var index = partners.count - 1
    while index > 0 {
      if position == Self.blockSize { makeBlock() }
      // `index` stays within `partners` and `next` within `block`: the loops test both before they
      // use them.
      block.withUnsafeBufferPointer { block in
        partners.withUnsafeMutableBufferPointer { partners in
          var next = position
          while index > 0 && next < Self.blockSize {
            let mask = UInt32.max &>> UInt32(UInt32(index).leadingZeroBitCount)
            let lowest = Int(mask &>> 1) &+ 1
            while index >= lowest && next < Self.blockSize {
              let value = block[next] & mask
              // Writing a rejected value, to be overwritten by the next, spares a branch nobody can
              // predict.
              partners[index] = value
              index &-= Int(value) <= index ? 1 : 0
              next &+= 1
            }
          }
          position = next
        }
      }
    }
  }

  /// Advances the state by 624 words and tempers them.
  private mutating func makeBlock() {
    typealias Lanes = SIMD4<UInt32>
    let size = Self.blockSize
    // Every access is to four words at `k + offset` with k + 4 ≤ 624 and offset ≤ 624, so within
    // the 1248 words. The words a step reads beyond the old state were written by an earlier step,
    // as 397 + 4 ≤ 624.
    state.withUnsafeMutableBytes { state in
      block.withUnsafeMutableBytes { block in
        func load(_ word: Int) -> Lanes {
          state.loadUnaligned(fromByteOffset: 4 * word, as: Lanes.self)
        }
        for k in stride(from: 0, to: size, by: 4) {
          let following = load(k + 1)
          let joined = (load(k) & 0x8000_0000) | (following & 0x7FFF_FFFF)
          let odd = Lanes.zero &- (following & 1)
          var word = load(k + 397) ^ (joined &>> 1) ^ (odd & 0x9908_B0DF)
          state.storeBytes(of: word, toByteOffset: 4 * (size + k), as: Lanes.self)
          word ^= word &>> 11
          word ^= (word &<< 7) & 0x9D2C_5680
          word ^= (word &<< 15) & 0xEFC6_0000
          word ^= word &>> 18
          block.storeBytes(of: word, toByteOffset: 4 * k, as: Lanes.self)
        }
        state.copyMemory(from: UnsafeRawBufferPointer(rebasing: state[(4 * size)...]))
      }
    }
    position = 0
  }

  /// The state after Knuth's linear congruential initialisation.
  private static func state(seed: UInt32) -> [UInt32] {
    var state = [seed]
    for index in 1..<UInt32(blockSize) {
      let last = state[state.count - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ index)
    }
    return state
  }

  /// The state after Matsumoto and Nishimura's initialisation by an array.
  private static func state(key: [UInt32]) -> [UInt32] {
    var state = state(seed: 19_650_218)
    var i = 1
    func mixed(by factor: UInt32) -> UInt32 {
      state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) &* factor)
    }
    func advance() {
      i += 1
      if i == blockSize {
        state[0] = state[blockSize - 1]
        i = 1
      }
    }
    for step in 0..<blockSize {
      let j = step % key.count
      state[i] = mixed(by: 1_664_525) &+ key[j] &+ UInt32(j)
      advance()
    }
    for _ in 1..<blockSize {
      state[i] = mixed(by: 1_566_083_941) &- UInt32(i)
      advance()
    }
    state[0] = 0x8000_0000
    return state
  }
}

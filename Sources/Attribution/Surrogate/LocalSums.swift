/// Sums over the sets of players, odd and even, of the products of their signs, fading with how far a set reaches:
/// Σ_T ρ^(max T − min T) ∏_{i∈T} xᵢ.
///
/// Eight players are one look-up: what a run of them adds is affine in what the sets that end before it come to.
struct LocalSums: Sendable {
  /// ρ. Below ½, for there are 2ᴸ⁻¹ sets that reach over L players.
  static let fading = 0.3

  /// Of the sets seen so far, faded to the next player: (odd, even), and the sums (odd, even).
  private typealias State = SIMD4<Double>

  private struct Step {
    var constant = State.zero
    var odd = State.zero
    var even = State.zero
  }

  private let steps: [Step]
  private let groups: Int
  private let words: Int

  init(playerCount n: Int) {
    groups = (n + 7) / 8
    words = (n + 63) / 64
    var steps: [Step] = []
    for group in 0..<groups {
      let players = min(8, n - 8 * group)
      for byte in 0..<256 {
        let signs = (0..<players).map { byte >> $0 & 1 == 1 ? -1.0 : 1.0 }
        let constant = Self.run(signs, from: .zero)
        var step = Step(constant: constant)
        step.odd = Self.run(signs, from: State(1, 0, 0, 0)) - constant
        step.even = Self.run(signs, from: State(0, 1, 0, 0)) - constant
        steps.append(step)
      }
    }
    self.steps = steps
  }

  private static func run(_ signs: [Double], from start: State) -> State {
    signs.reduce(into: start) { state, sign in
      let odd = sign * (1 + state[1])
      let even = sign * state[0]
      state = State(
        fading * (state[0] + odd), fading * (state[1] + even), state[2] + odd, state[3] + even)
    }
  }

  /// The sums (odd, even) where all signs are 1.
  static func ofOnes(playerCount n: Int) -> SIMD2<Double> {
    run([Double](repeating: 1, count: n), from: .zero).highHalf
  }

  /// The sums for one coalition and each of the first `count` of `others`; a sign is −1 where a player is in one of
  /// both only.
  func sums(
    of coalition: ArraySlice<UInt64>, and others: UnsafeBufferPointer<UInt64>, count: Int,
    into sums: inout [SIMD2<Double>]
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      steps.withUnsafeBufferPointer { steps in
        for index in 0..<count {
          var sum = SIMD2<Double>.zero
          var state = SIMD2<Double>.zero
          for word in 0..<words {
            var x = coalition[coalition.startIndex + word] ^ others[index * words + word]
            for group in (8 * word)..<min(groups, 8 * word + 8) {
              let step = steps[group * 256 + Int(x & 255)]
              let next = step.constant + state[0] * step.odd + state[1] * step.even
              state = next.lowHalf
              sum += next.highHalf
              x >>= 8
            }
          }
          sums[index] = sum
        }
      }
    }
  }
}

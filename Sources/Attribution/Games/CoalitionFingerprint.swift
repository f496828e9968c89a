/// 128 bits that stand for a coalition where there is no room for its words.
///
/// Two different coalitions share them with a probability of about 2⁻¹²⁸: among ten million, some
/// pair does with one of 10⁻²⁵.
package struct CoalitionFingerprint: Sendable, Hashable {
  /// The first half.
  package private(set) var high: UInt64 = 0x6A09_E667_F3BC_C908
  /// The second half.
  package private(set) var low: UInt64 = 0xBB67_AE85_84CA_A73B

  /// The fingerprint of the coalition with the given words.
  package init(_ words: some Sequence<UInt64>) {
    for word in words { add(word) }
  }

  /// The fingerprint of `count` words from `start` on.
  package init(_ words: Span<UInt64>, from start: Int, count: Int) {
    for index in start..<start + count { add(words[index]) }
  }

  /// Each half is a chain of steps that can be undone, so that two coalitions that differ in one
  /// word never share it.
  private mutating func add(_ word: UInt64) {
    high = (high ^ word) &* 0x9E37_79B9_7F4A_7C15
    high ^= high >> 32
    low = (low &+ word) &* 0xC2B2_AE3D_27D4_EB4F
    low ^= low >> 29
  }
}

import Attribution

/// The token masks met so far, each with its row: its number in order of first appearance.
///
/// A hash table with open addressing. The rows, not the slots, carry the order, so that nothing depends on how
/// masks hash. Masks of more than ``longestKey`` words are known by their fingerprints only, so that an entry of a
/// long text takes 16 bytes and not an eighth of a byte for each of its tokens.
struct MaskTable: Sendable {
  /// Words a mask.
  let wordsPerMask: Int
  /// The number of distinct masks.
  private(set) var count = 0

  /// All masks' keys, row by row: their words, or their fingerprints.
  private var keys: [UInt64] = []
  private let wordsPerKey: Int

  /// Row + 1 for each slot, 0 where it is free.
  ///
  /// A power of two, at most half full.
  private var slots: [UInt32]

  /// The most words of a mask that are kept as they are.
  static let longestKey = 16

  /// Makes an empty table.
  init(wordsPerMask: Int) {
    self.wordsPerMask = wordsPerMask
    wordsPerKey = wordsPerMask <= Self.longestKey ? wordsPerMask : 2
    slots = Array(repeating: 0, count: 1024)
  }

  /// The rows of masks given word by word, those met for the first time appended to the table.
  ///
  /// - Complexity: O(words) on average.
  mutating func rows(of masks: [UInt64]) -> [Int] {
    let keys = wordsPerKey == wordsPerMask ? masks : fingerprints(of: masks.span)
    let span = keys.span
    var rows: [Int] = []
    rows.reserveCapacity(keys.count / wordsPerKey)
    for start in stride(from: 0, to: span.count, by: wordsPerKey) {
      if 2 * (count + 1) > slots.count { grow() }
      rows.append(row(of: span, from: start))
    }
    return rows
  }

  private func fingerprints(of masks: Span<UInt64>) -> [UInt64] {
    var fingerprints: [UInt64] = []
    fingerprints.reserveCapacity(masks.count / wordsPerMask * 2)
    for start in stride(from: 0, to: masks.count, by: wordsPerMask) {
      let print = CoalitionFingerprint(masks, from: start, count: wordsPerMask)
      fingerprints.append(print.high)
      fingerprints.append(print.low)
    }
    return fingerprints
  }

  /// The row of one mask, nil where the table does not have it.
  func row(of mask: ArraySlice<UInt64>) -> Int? {
    let key = wordsPerKey == wordsPerMask ? Array(mask) : fingerprints(of: mask.span)
    let span = key.span
    var slot = hash(of: span, from: 0) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if isEqual(row, span, 0) { return row }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func row(of masks: Span<UInt64>, from start: Int) -> Int {
    var slot = hash(of: masks, from: start) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if isEqual(row, masks, start) { return row }
      slot = (slot + 1) & (slots.count - 1)
    }
    for word in start..<start + wordsPerKey { keys.append(masks[word]) }
    count += 1
    slots[slot] = UInt32(count)
    return count - 1
  }

  private func isEqual(_ row: Int, _ masks: Span<UInt64>, _ start: Int) -> Bool {
    for word in 0..<wordsPerKey where keys[row * wordsPerKey + word] != masks[start + word] {
      return false
    }
    return true
  }

  private func hash(of masks: Span<UInt64>, from start: Int) -> Int {
    var hash: UInt64 = 0
    for word in start..<start + wordsPerKey {
      hash = (hash ^ masks[word]) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash)
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    for row in 0..<count {
      var slot = hash(of: keys.span, from: row * wordsPerKey) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(row + 1)
    }
    slots = larger
  }
}

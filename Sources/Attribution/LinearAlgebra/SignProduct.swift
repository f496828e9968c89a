/// Sums of vectors with signs: rows of a matrix of ±1 times a dense matrix.
///
/// Eight signs of a row are one byte, and all 256 sums of eight vectors with signs are tabled once
/// and then added by look-up, so that a product takes an eighth of the additions and no
/// multiplication (the "four Russians" method: V. Arlazarov, E. Dinic, M. Kronrod, I. Faradzhev,
/// 1970). For few rows it is half a byte, and a quarter. Columns go in blocks of 32 that keep the
/// table in the cache. Dense rows are padded with zeros to whole vectors of eight numbers.
enum SignProduct {
  typealias Lane = SIMD8<Double>

  /// For fewer rows than this, to table the 256 sums of eight vectors takes longer than it saves.
  private static let fewRows = 200

  /// The number of vectors of eight that hold `count` numbers.
  static func lanes(_ count: Int) -> Int { (count + 7) / 8 }

  /// The signs of a byte: +1 where a bit is set.
  static let signs: [Lane] = (0..<256).map { byte in
    var lane = Lane(repeating: -1)
    for bit in 0..<8 where byte >> bit & 1 == 1 { lane[bit] = 1 }
    return lane
  }

  /// Adds Σ_k sign(r, k) · vector(k) to every row r of `sums`.
  ///
  /// - Parameters:
  ///   - patterns: The byte of signs for k = 8 g … 8 g + 7 of row r at `g * rowCount + r`.
  ///   - laneCount: The lanes of a row of `sums` and of a vector.
  ///   - lowerOnly: Whether column blocks wholly to the right of the diagonal may be left out.
  ///   - vector: The lane of vector k; zeros for a k that does not exist.
  static func accumulate(
    patterns: [UInt8], rowCount: Int, laneCount: Int, lowerOnly: Bool = false,
    into sums: inout [Lane], vector: (_ k: Int, _ lane: Int) -> Lane
  ) {
    let width = 4
    let bits = rowCount < fewRows ? 4 : 8
    let mask = 1 << bits - 1
    var table = [Lane](repeating: .zero, count: width << bits)
    for block in stride(from: 0, to: laneCount, by: width) {
      let used = min(width, laneCount - block)
      let firstRow = lowerOnly ? min(rowCount, block * 8) : 0
      for first in stride(from: 0, to: rowCount > 0 ? 8 * (patterns.count / rowCount) : 0, by: bits)
      {
        fill(&table, bits: bits, width: width, used: used) { vector(first + $0, block + $1) }
        let (start, shift) = ((first >> 3) * rowCount, first & 7)
        if used == width {
          for row in firstRow..<rowCount {
            let entry = (Int(patterns[start + row]) >> shift & mask) * width
            let sum = row * laneCount + block
            sums[sum] += table[entry]
            sums[sum + 1] += table[entry + 1]
            sums[sum + 2] += table[entry + 2]
            sums[sum + 3] += table[entry + 3]
          }
        } else {
          for row in firstRow..<rowCount {
            let entry = (Int(patterns[start + row]) >> shift & mask) * width
            for lane in 0..<used { sums[row * laneCount + block + lane] += table[entry + lane] }
          }
        }
      }
    }
  }

  /// Tables the sums of some vectors under all their signs.
  private static func fill(
    _ table: inout [Lane], bits: Int, width: Int, used: Int, vector: (Int, Int) -> Lane
  ) {
    for lane in 0..<used {
      var doubled: [8 of Lane] = .init(repeating: .zero)
      var allAbsent = Lane.zero
      for k in 0..<bits {
        let value = vector(k, lane)
        allAbsent -= value
        doubled[k] = value + value
      }
      table[lane] = allAbsent
      for pattern in 1..<1 << bits {
        table[pattern * width + lane] =
          table[(pattern & (pattern - 1)) * width + lane]
          + doubled[pattern.trailingZeroBitCount]
      }
    }
  }
}

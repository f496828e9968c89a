/// What ranges of tokens have to be, whoever tells of them: the plugin, or the process that it runs in.
enum TokenRanges {
  /// Whether ranges ascend, are disjoint, and begin and end between characters of a text.
  static func fit(_ ranges: [Range<Int>], in text: [UInt8]) -> Bool {
    var last = 0
    return ranges.allSatisfy { range in
      defer { last = range.upperBound }
      return last <= range.lowerBound && range.upperBound <= text.count
        && isBoundary(range.lowerBound, in: text) && isBoundary(range.upperBound, in: text)
    }
  }

  private static func isBoundary(_ offset: Int, in text: [UInt8]) -> Bool {
    offset == text.count || text[offset] & 0xC0 != 0x80
  }
}

extension [Glyph] {
  /// Cuts into lines of at most `width` columns: before a word where possible, else a token, else any glyph.
  ///
  /// Spaces around a cut are left out. Only a single glyph wider than `width` makes a line wider than that.
  package func wrapped(width: Int) -> [[Glyph]] {
    var lines: [[Glyph]] = []
    var line: [Glyph] = []
    var used = 0
    for glyph in self {
      if used + glyph.width > width, !line.isEmpty {
        if glyph.isSpace { continue }
        let cut = line.bestCut(before: glyph)
        lines.append(Array(line[..<cut]).withoutTrailingSpaces)
        line = Array(line[cut...])
        used = line.width
      }
      line.append(glyph)
      used += glyph.width
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line.withoutTrailingSpaces) }
    return lines
  }

  /// Where to end a line that `next` no longer fits on.
  private func bestCut(before next: Glyph) -> Int {
    if next.breakBefore == .word { return count }
    if let cut = indices.dropFirst().last(where: { self[$0].breakBefore == .word }) { return cut }
    if next.breakBefore == .token { return count }
    return indices.dropFirst().last { self[$0].breakBefore == .token } ?? count
  }

  var withoutTrailingSpaces: [Glyph] {
    guard let last = lastIndex(where: { !$0.isSpace }) else { return [] }
    return Array(self[...last])
  }

  /// Sets items side by side, `gap` columns apart, on as many lines as they need.
  static func flow(_ items: [[Glyph]], gap: Int, width: Int) -> [[Glyph]] {
    var lines: [[Glyph]] = []
    for item in items where !item.isEmpty {
      if let line = lines.last, line.width + gap + item.width <= width {
        lines[lines.count - 1] = line + .spaces(gap) + item
      } else {
        lines += item.wrapped(width: width)
      }
    }
    return lines
  }
}

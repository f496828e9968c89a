import Segmentation

/// Splitting texts into words, for scripts with and without blanks, short and long.
enum SegmentationBenchmark {
  private static let samples = [
    ("English", "The quick brown fox didn't jump over 3.5 lazy dogs. "),
    ("Chinese", "这部电影非常好看，但是结局很糟糕。"),
    ("Thai", "อาหารอร่อยมากแต่บริการช้า "), ("Arabic", "الفيلم جميل جدا لكن النهاية سيئة. "),
    ("emoji", "👩‍👩‍👧 🇩🇪 3️⃣ ok "),
  ]

  static func run() throws {
    var table = Table(
      title: "Words of a text, MB/s (a quotient far below 1 would mean more than linear time)",
      columns: ["", "4 KiB", "1 MiB", "1 MiB / 4 KiB"])
    let segmenter = try Segmenter(unit: .word)
    for (name, sample) in samples {
      let speeds = try [4 << 10, 1 << 20].map { size in
        let copies = size / sample.utf8.count
        let text = Array(String(repeating: sample, count: copies).utf8)
        let time = try best(of: 5) { _ = try segmenter.tokens(in: text) }
        return Double(text.count) / time / 1e6
      }
      table.rows.append([name] + (speeds + [speeds[1] / speeds[0]]).map(short))
    }
    table.print()
  }
}

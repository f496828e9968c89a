import CTextExplain

/// How absent pieces are rendered in a test.
enum Absent {
  case remove
  case replace([UInt8])
}

/// A text prepared by the plugin's masked/1.
final class PreparedMasking {
  let host: SentimentHost
  let table: tx_ext_masked
  let text: [UInt8]
  let pieces: [Range<Int>]
  let absent: Absent
  private let prepared: OpaquePointer

  init(_ host: SentimentHost, _ text: [UInt8], _ pieces: [Range<Int>], _ absent: Absent) throws {
    (self.host, self.text, self.pieces, self.absent) = (host, text, pieces, absent)
    guard let raw = host.classifier.get_extension(host.instance, TX_EXT_MASKED) else {
      throw SentimentHost.Failure(what: "no masked/1")
    }
    table = raw.load(as: tx_ext_masked.self)
    let (code, prepared) = Self.prepare(host, table, text, pieces, absent)
    guard code == 0, let prepared else {
      throw SentimentHost.Failure(what: "prepare gave \(code)")
    }
    self.prepared = prepared
  }

  deinit { table.release(host.instance, prepared) }

  /// Calls prepare on what may or may not be legal.
  static func prepare(
    _ host: SentimentHost, _ table: tx_ext_masked, _ text: [UInt8], _ pieces: [Range<Int>],
    _ absent: Absent, mode: Int? = nil
  ) -> (Int, OpaquePointer?) {
    var filler: [UInt8] = []
    var kind = TX_ABSENT_REMOVE
    if case .replace(let bytes) = absent { (filler, kind) = (bytes, TX_ABSENT_REPLACE) }
    let ranges = pieces.map { tx_piece(begin: UInt64($0.lowerBound), end: UInt64($0.upperBound)) }
    var out: OpaquePointer?
    let code = text.withUnsafeBytes { text in
      filler.withUnsafeBytes { filler in
        ranges.withUnsafeBufferPointer { ranges in
          var what = tx_masking(
            size: UInt32(MemoryLayout<tx_masking>.size), absent: Int32(mode ?? kind),
            text: tx_text(
              data: text.baseAddress?.assumingMemoryBound(to: CChar.self), len: text.count),
            filler: tx_text(
              data: filler.baseAddress?.assumingMemoryBound(to: CChar.self), len: filler.count),
            pieces: ranges.baseAddress, piece_count: ranges.count)
          return table.prepare(host.instance, nil, &what, &out, nil)
        }
      }
    }
    return (Int(code), out)
  }

  /// Scores masks, each given by the presence of its pieces.
  func score(_ masks: [[Bool]], wordsPerMask: Int? = nil, call: tx_call? = nil) -> Answer {
    let width = wordsPerMask ?? (pieces.count + 63) / 64
    var words = [UInt64](repeating: 0, count: masks.count * width)
    for (row, mask) in masks.enumerated() {
      for (i, isPresent) in mask.enumerated() where isPresent && i / 64 < width {
        words[row * width + i / 64] |= 1 << UInt64(i % 64)
      }
    }
    return words.withUnsafeBufferPointer { words in
      host.answer(rows: masks.count, call) { call, scores, error in
        table.score(
          host.instance, prepared, call, words.baseAddress, masks.count, width, scores, error)
      }
    }
  }

  /// The reference rendering of the header, written anew.
  func rendered(_ mask: [Bool]) -> [UInt8] {
    var out: [UInt8] = []
    var copied = 0
    for (piece, isPresent) in zip(pieces, mask) {
      out += text[copied..<piece.lowerBound]
      if isPresent {
        out += text[piece]
      } else if case .replace(let filler) = absent {
        out += filler
      }
      copied = piece.upperBound
    }
    return out + text[copied...]
  }
}

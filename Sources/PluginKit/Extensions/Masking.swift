import CTextExplain

/// A text whose pieces may be absent.
public struct Masking {
  /// What an absent piece leaves.
  public enum Absence {
    case nothing
    case filler(TextView)
    case modelMask
  }

  /// The whole text, gone when the call returns.
  public let text: TextView
  /// Byte ranges: ascending, disjoint, not empty, on character boundaries.
  public let pieces: [Range<Int>]
  /// What an absent piece leaves.
  public let absence: Absence

  /// Checks what the host wants prepared.
  ///
  /// - Parameter limit: no rendering may be longer.
  init(_ what: UnsafePointer<tx_masking>?, modes: AbsenceModes, limit: Int) throws {
    guard let what = what?.pointee, Int(what.size) >= Layout.maskingCount else {
      throw PluginError(.argument, "nothing to prepare")
    }
    guard (0..<32).contains(what.absent),
      modes.contains(AbsenceModes(rawValue: 1 << UInt32(what.absent)))
    else { throw PluginError(.unsupported, "absent mode \(what.absent) is not supported") }
    let filler = try TextView(what.filler, limit: limit)
    absence =
      switch Int(what.absent) {
      case TX_ABSENT_REPLACE: .filler(filler)
      case TX_ABSENT_MODEL_MASK: .modelMask
      default: .nothing
      }
    text = try TextView(what.text, limit: limit)
    var pieces: [Range<Int>] = []
    pieces.reserveCapacity(what.piece_count)
    var end: UInt64 = 0
    for i in 0..<what.piece_count {
      guard let piece = what.pieces?[i], piece.begin >= end, piece.begin < piece.end,
        piece.end <= UInt64(text.bytes.count), text.isBoundary(Int(piece.begin)),
        text.isBoundary(Int(piece.end))
      else {
        throw PluginError(
          .argument,
          "piece \(i) is not a non-empty range of characters of the text behind the piece before it"
        )
      }
      pieces.append(Int(piece.begin)..<Int(piece.end))
      end = piece.end
    }
    self.pieces = pieces
    guard case .filler(let filler) = absence else { return }
    let (filled, overflow) = filler.bytes.count.multipliedReportingOverflow(by: pieces.count)
    guard !overflow, filled <= limit - text.bytes.count else {
      throw PluginError(.unsupported, "a rendering could exceed the limit of \(limit) bytes")
    }
  }
}
